"""How far a training is, by work and by the clock, and the learning rate that follows."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Budget:
    """Time for a training: it began at ``begun`` (seconds since 1970) and must end at ``deadline``.

    ``behind`` is the progress that was made before ``begun``, so that a resumed training goes on from there.
    """

    begun: float
    deadline: float
    behind: float = 0.0

    def progress(self, now: float) -> float:
        """Progress by time at ``now``, ``behind`` to 1."""
        if now >= self.deadline:
            return 1.0
        share = max(0.0, now - self.begun) / (self.deadline - self.begun)
        return self.behind + (1.0 - self.behind) * share


def learning_rate(progress: float, step: int, *, peak: float, warmup_steps: int, decay: float = 1.0) -> float:
    """Linear warm-up over the first steps, then ``peak``, then linear decay to 0 over the last ``decay`` of progress.

    ``step`` counts from 0, ``progress`` goes from 0 to 1.
    """
    warm = min(1.0, (step + 1) / max(1, warmup_steps))
    return peak * warm * min(1.0, max(0.0, 1.0 - progress) / decay)


def next_time(clock: str, now: datetime) -> datetime:
    """The next moment at which clocks show ``clock`` ("HH:MM"); a full ISO date and time is taken as it is.

    Raises:
        ValueError: ``clock`` is neither.
    """
    try:
        if "T" in clock:
            return datetime.fromisoformat(clock)
        hour, minute = (int(part) for part in clock.split(":"))
        moment = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    except ValueError as error:
        raise ValueError(f"{clock!r} is no time; write HH:MM or YYYY-MM-DDTHH:MM.") from error
    return moment if moment > now else moment + timedelta(days=1)
