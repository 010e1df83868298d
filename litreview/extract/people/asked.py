"""Asked: what is looked for in every sentence, asked of it at once, since most hold nothing of it."""

from litreview.extract.kept import per_topic
from litreview.extract.people.ages import AGES, OPENING_CODE
from litreview.extract.people.bare_turns import BARE_TURN, TURN
from litreview.extract.people.divided import OF_WHOM
from litreview.extract.people.labels import LABELS
from litreview.extract.people.lines import CITED
from litreview.extract.people.named import COUNTED_LIST
from litreview.extract.people.people import LEFT_OVER
from litreview.extract.people.plural import EPISODES, EXCEPT_SOME, GROUP_FIRST, GROUP_LAST, POOLED, SERIES
from litreview.extract.people.responders import RESPONDERS, told_effects
from litreview.extract.people.roles import FAMILY
from litreview.extract.people.share import RESPECTIVELY
from litreview.extract.people.some import OTHERS_DID
from litreview.model.pattern import Sieve
from litreview.model.topic import Topic

_OF_A_TOPIC = (
    LABELS,
    LEFT_OVER,
    TURN,
    BARE_TURN,
    COUNTED_LIST,
    RESPONDERS,
    OTHERS_DID,
    EXCEPT_SOME,
    GROUP_FIRST,
    GROUP_LAST,
    EPISODES,
    POOLED,
)


@per_topic
def of_each_sentence(topic: Topic) -> Sieve:
    """The patterns that are asked of every sentence, or of most."""
    of_a_topic = (*map(topic.regex, _OF_A_TOPIC), *told_effects(topic))
    return Sieve([*of_a_topic, AGES, OPENING_CODE, FAMILY, CITED, SERIES, RESPECTIVELY, OF_WHOM])
