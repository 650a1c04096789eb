# The public names and where each lives. The package loads a name from this list when it is first used;
# editors and mypy read the list as it stands.
from . import charts as charts
from .capstone.brief import brief as brief
from .evidence import cite as cite
from .evidence import fact as fact
from .evidence import find as find
from .evidence import label as label
from .evidence import table as table
from .exercises import check as check
from .exercises import hint as hint
from .figures import figure as figure
from .figures import listing as listing
from .hand_in import hand_in as hand_in
from .labs.argument_map import argument_map as argument_map
from .labs.brief_chart import brief_chart as brief_chart
from .labs.counting import counting_lab as counting_lab
from .labs.definition_machine import definition_machine as definition_machine
from .labs.evidence_grid import evidence_grid as evidence_grid
from .labs.interval_game import interval_game as interval_game
from .labs.list_experiment import list_lab as list_lab
from .labs.own_law import own_law as own_law
from .labs.pooling import pooling_lab as pooling_lab
from .labs.town import town as town
from .labs.two_events import two_events as two_events
from .labs.unseen import unseen_lab as unseen_lab
from .labs.wording_table import wording_table as wording_table
from .learner import contents as contents
from .learner import fresh_copy as fresh_copy
from .learner import progress as progress
from .learner import where_was_i as where_was_i
from .my_change import my_change as my_change
from .questions.after_test import test_reasons as test_reasons
from .questions.answers import delete_answers as delete_answers
from .questions.answers import do_not_record as do_not_record
from .questions.answers import export_answers as export_answers
from .questions.answers import my_answers as my_answers
from .questions.retrieval import retrieval as retrieval
from .questions.review import review as review
from .questions.view import answer as answer
from .questions.view import ask as ask
from .statistics import multiple_systems as multiple_systems
from .statistics import pooling as pooling
from .statistics import sampling as sampling
from .statistics import sensitive_questions as sensitive_questions
from .statistics.granularity import possible_bases as possible_bases
from .statistics.granularity import possible_counts as possible_counts
from .subject import definitions as definitions
from .subject.comparison import compare as compare
from .subject.comparison import elements as elements
from .subject.definitions import verdicts as verdicts
from .subject.flashcards import flashcards as flashcards
from .subject.glossary import glossary as glossary
from .subject.help_lines import help_lines as help_lines
from .subject.outline import outline as outline
from .subject.own_instrument import own_instrument as own_instrument
from .subject.regulation import switches as switches
from .subject.terms import terms as terms
from .subject.views import views as views
from .subject.vignettes import lesson_vignettes as lesson_vignettes
from .subject.vignettes import vignette as vignette
from .tasks.form import task as task
from .ways import routes as routes

__version__: str

__all__ = [
    "answer",
    "argument_map",
    "ask",
    "brief",
    "brief_chart",
    "charts",
    "check",
    "cite",
    "compare",
    "contents",
    "counting_lab",
    "definition_machine",
    "definitions",
    "delete_answers",
    "do_not_record",
    "elements",
    "evidence_grid",
    "export_answers",
    "fact",
    "figure",
    "find",
    "flashcards",
    "fresh_copy",
    "glossary",
    "hand_in",
    "help_lines",
    "hint",
    "interval_game",
    "label",
    "lesson_vignettes",
    "list_lab",
    "listing",
    "multiple_systems",
    "my_answers",
    "my_change",
    "outline",
    "own_instrument",
    "own_law",
    "pooling",
    "pooling_lab",
    "possible_bases",
    "possible_counts",
    "progress",
    "retrieval",
    "review",
    "routes",
    "sampling",
    "sensitive_questions",
    "switches",
    "table",
    "task",
    "terms",
    "test_reasons",
    "town",
    "two_events",
    "unseen_lab",
    "verdicts",
    "views",
    "vignette",
    "where_was_i",
    "wording_table",
]
