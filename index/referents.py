"""Which person or body of an article "he", "the company" or "the senator" means: a ranker that was fitted on labels.

Everybody whom the article names is a candidate, and so is nobody. A candidate's score is the sum of the weights of what
is observed of it (a conditional logit, McFadden 1974); the highest is meant. ``python -m bench referents`` fits the
weights on labelled statements and tells by cross-validation how often the ranker is right.
"""

import json
import math
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path

from index.bodies import Bodies, is_of_kind, is_public
from index.entities import Entities, Entity, Mention
from index.entity_kinds import (
    PERSONS,
    gender_by_role,
    gender_sign,
    is_likely_person,
    is_place,
    is_surely_person,
)
from index.names import expand, fold, surname, undetermined
from index.phrases import SOMEONES
from index.reference import BODY, PERSON, Reference, Spoken, head_of, sort_of
from index.roster import Roster

WEIGHTS = Path(__file__).with_name("referents.json")
# Sentences and paragraphs since somebody was last named, as steps: what is farther than one is within the next.
_SENTENCES, _PARAGRAPHS = (0, 1, 2, 3, 5, 8, 14), (0, 1, 2, 4)
_FARTHEST = 40  # sentences: nobody who was named only before is meant
_SOON = 2  # sentences: somebody named only afterwards is

Features = dict[str, float]


class Referents:
    """Those whom the references of one article can mean. It is asked in text order."""

    def __init__(self, text: str, title: str, roster: Roster, bodies: Bodies) -> None:
        """Find whom the text names; ``title`` is its headline."""
        self._text = text
        self._title = set(re.findall(r"\w+", fold(title)))
        self._bodies = bodies
        self._entities = Entities(text, roster, bodies)

    def meant(self, reference: Reference, spoken: Sequence[Spoken]) -> Entity | None:
        """Return who is meant, or None for nobody whom the article names.

        Args:
            reference: The pronoun or description.
            spoken: Who has spoken before it, in text order.
        """
        weights = _weights()[reference.kind]
        best, least = None, _score(self.features_of_nobody(reference), weights)
        for entity, features in self.candidates(reference, spoken):
            score = _score(features, weights)
            if score > least:
                best, least = entity, score
        return best

    def candidates(self, reference: Reference, spoken: Sequence[Spoken]) -> list[tuple[Entity, Features]]:
        """Return everybody who can be meant, with what is observed of each."""
        sentence = self._entities.sentence(reference.at)
        around = self._entities.near(reference.at, _FARTHEST, _SOON)
        told = {one.name for one in spoken}
        surnames = {surname(name) for name in told}
        able = [entity for entity in around if _can_be(entity, reference, told)]
        named = [[m for m in e.before(reference.at) if not reference.holds(m)] for e in able]
        near = [
            (entity, before)
            for entity, before in zip(able, named, strict=True)
            if not (before and reference.is_owned and before[-1].subject and before[-1].sentence == sentence)
            if (before and sentence - before[-1].sentence <= _FARTHEST) or self._is_soon(entity, before, sentence)
        ]
        rivals = [b for entity, b in near if b and _fits(entity, reference)]
        latest = sorted((b[-1].start for b in rivals), reverse=True)
        subjects = sorted((s for b in rivals if (s := _last_subject(b)) >= 0), reverse=True)
        most = max(map(len, rivals), default=1)
        found = []
        for entity, before in near:
            features = self._kind_features(entity, reference)
            features["has spoken"] = entity.name in told or (not entity.body and surname(entity.name) in surnames)
            features |= self._told_features(entity, reference, spoken)
            if before:
                features |= self._place_features(before, reference)
                features["count"], features["share"] = math.log1p(len(before)), len(before) / most
                subject = _last_subject(before)
                if _fits(entity, reference):
                    features[f"latest {min(latest.index(before[-1].start), 3)}"] = 1
                    features[f"subject {min(subjects.index(subject), 3)}" if subject >= 0 else "never subject"] = 1
                else:
                    features["unfit"] = 1
            else:
                away = self._entities.sentence(entity.mentions[0].start) - sentence
                features[f"named {_step(away, (0, 1, 2))} later"] = 1
            found.append((entity, features))
        return found

    def features_of_nobody(self, reference: Reference) -> Features:
        """Return what is observed of a reference whatever is named: how likely nobody is meant."""
        phrase = reference.phrase
        words = fold(undetermined(phrase)).split()
        if reference.kind == PERSON:
            return {"nobody": 1}
        return {
            "nobody": 1,
            "nobody: the": phrase[:4].lower() == "the ",
            "nobody: his": phrase.split()[0].lower() in ("his", "her", "their", "its"),
            "nobody: long": len(words) > 2,
            "nobody: of": SOMEONES.search(phrase) is not None,
            f"nobody: {sort_of(head_of(phrase))}": 1,
        }

    @staticmethod
    def _is_soon(entity: Entity, before: Sequence[Mention], sentence: int) -> bool:
        return not before and entity.mentions[0].sentence - sentence in range(_SOON + 1)

    def _place_features(self, before: Sequence[Mention], reference: Reference) -> Features:
        """Observe where somebody was named last."""
        last = before[-1]
        sentence, paragraph = self._entities.sentence(reference.at), self._entities.paragraph(reference.at)
        away = sentence - last.sentence
        same = [m for m in before[-6:] if self._entities.paragraph(m.start) == paragraph]
        return {
            f"sentences {_step(away, _SENTENCES)}": 1,
            f"paragraphs {_step(paragraph - self._entities.paragraph(last.start), _PARAGRAPHS)}": 1,
            "is subject": last.subject,
            "is possessive": last.possessive,
            "after preposition": last.after_preposition,
            "quoted": last.quoted,
            "near subject": away <= 1 and last.subject,
            "near preposition": away <= 1 and last.after_preposition,
            "subject of paragraph": any(m.subject for m in same),
        }

    def _told_features(self, entity: Entity, reference: Reference, spoken: Sequence[Spoken]) -> Features:
        """Observe whether somebody has spoken last, and whom the same pronoun meant last."""
        features: Features = {}
        if spoken and _same(entity, spoken[-1].name):
            at = spoken[-1].at
            away = self._entities.paragraph(reference.at) - self._entities.paragraph(at)
            features["spoke last"] = 1
            features[f"spoke last, paragraphs {_step(away, _PARAGRAPHS)}"] = 1
        pronoun = reference.phrase.lower()
        latest = next((one for one in reversed(spoken) if one.pronoun == pronoun), None)
        if latest and reference.kind == PERSON and _same(entity, latest.name):
            away = self._entities.paragraph(reference.at) - self._entities.paragraph(latest.at)
            features["same pronoun"], features["same pronoun near"] = 1, away <= 1
        return features

    def _kind_features(self, entity: Entity, reference: Reference) -> Features:
        """Observe what somebody is: a name of the gender, a body of the kind, the role."""
        features: Features = {
            "in headline": surname(entity.name) in self._title,
            "in words said": any(reference.holds(m) for m in entity.mentions),
            "single": entity.single,
            "titled": entity.titled,
        }
        if reference.gender:
            gender = gender_sign(entity) * reference.gender
            pronouns = math.copysign(math.log1p(abs(entity.pronouns)), entity.pronouns) * reference.gender
            features["gender fits"], features["gender differs"] = gender > 0, gender < 0
            features["pronouns"] = max(-1.5, min(1.5, pronouns))
            features["pronouns alone"] = 0 if gender else features["pronouns"]
        if reference.kind != PERSON:
            features |= self._description_features(entity, reference.phrase)
        return features

    def _description_features(self, entity: Entity, phrase: str) -> Features:
        head, names = head_of(phrase), set(fold(entity.name).split())
        wanted = expand(undetermined(phrase)) - {head}
        known = entity.roles | expand(" ".join(entity.roles))
        is_body, is_person = entity.body, is_likely_person(entity)
        sort = sort_of(head)
        role = head in known or bool(expand(head) & known)
        return {
            f"body for {sort}": is_body,
            "place": is_place(entity.name),
            "he or she after": min(1.0, abs(entity.pronouns) / len(entity.mentions)),
            f"person for {sort}": is_person,
            "role": role,
            "role of person": role and is_person,
            f"of the kind, {sort}": is_of_kind(entity.name, head),
            f"named so, {sort}": head in names,
            f"alone, {sort}": entity.single,
            f"firm, {sort}": sort in ("firm", "it", "other") and self._bodies.is_firm(entity.name),
            "public firm": is_public(entity.name) and head in ("company", "firm", "retailer", "chain", "airline"),
            "all words": bool(wanted) and wanted <= known | names,
            "some words": len(wanted & (known | names)) / len(wanted) if wanted else 0.0,
            "no more words": not wanted and role,
            "possessed": phrase.split()[0].lower() in ("his", "her", "their", "its") and role,
        }


def _can_be(entity: Entity, reference: Reference, told: Collection[str]) -> bool:
    if reference.kind == PERSON:
        person = is_likely_person(entity) or (entity.single and entity.name in told)
        differs = gender_by_role(entity) * reference.gender < 0
        by_name = gender_sign(entity) * reference.gender < 0 and entity.pronouns * reference.gender <= 0
        return person and not (entity.body or differs or by_name)
    if reference.kind == BODY:
        sort = sort_of(head_of(reference.phrase))
        of_another_kind = sort == "kind" and entity.body and not entity.single
        if of_another_kind and not is_of_kind(entity.name, head_of(reference.phrase)):
            return False
        return not (is_surely_person(entity) or is_place(entity.name) or (sort == "firm" and is_public(entity.name)))
    return True


def _fits(entity: Entity, reference: Reference) -> bool:
    """True where somebody is of the sex, or something of the sort, that a reference tells."""
    if reference.kind == PERSON or head_of(reference.phrase) in PERSONS:
        return is_likely_person(entity) and gender_sign(entity) * reference.gender >= 0
    if reference.kind == BODY:
        return not is_likely_person(entity) and not is_place(entity.name)
    return not is_place(entity.name)


def _same(entity: Entity, name: str) -> bool:
    return entity.name == name or (not entity.body and surname(entity.name) == surname(name))


def _last_subject(before: Sequence[Mention]) -> int:
    return next((mention.start for mention in reversed(before) if mention.subject), -1)


def _step(distance: int, steps: Sequence[int]) -> int:
    return next((number for number, step in enumerate(steps) if distance <= step), len(steps))


def _score(features: Features, weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items() if value)


@cache
def _weights() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text("utf-8"))
    return found
