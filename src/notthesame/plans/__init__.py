"""Plans for a class as data: ``instructors/plans``, one file a plan, and what the notes say of a vote."""

from .files import plan as plan
from .files import plan_faults as plan_faults
from .files import plans as plans
from .model import Block as Block
from .model import Plan as Plan
from .model import Session as Session
from .model import Vote as Vote
