"""English of the re-identification meter: how many share what would be sent, and what can be done."""

SMALL_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# By the code of `rules.ages_told.AgeDetail`
AGES = {
    "grade": "the exact age",
    "band": "an age band of three years",
    "wide_band": "a wide age band",
    "none": "no age",
}
STATE, REGION, DISTRICT = "the state", "the region", "your district"
ENOUGH = "Enough children share this"
TOO_FEW = "Too few children share this"
WOULD_BE_SENT = "what would be sent"
LEAST_SENT = "even the least that can be sent"
LEAD = "{about} in {area} {share} {what}{least}. {needed}"
LEAST = ", at least {children}"
NEVER_COUNTED = "How many children in {area} share {what} was never published. {needed}"
NEEDED = "{number} are needed."
AT_LEAST = "At least {k:,}"
NOBODY = "Fewer than one child"
ABOUT = "About {number} {children}"
TELLS = "It tells {area} and {ages}."
TELLS_NO_MORE = "It tells no more: with {area} and {ages}, {about} would share it."
NO_EFFECT = "This has no effect on the ranking: programs are ranked inside your district."
ONCE_BEFORE = "The student was referred once before. What was told then is counted with it."
BEFORE = "The student was referred {number} times before. What was told then is counted with it."
COUNTED = (
    "Counted from federal counts of {years}, by age and by the disability that the needs imply, whatever the "
    "label. The lower number is reached in 95 of 100 cases, if children are spread by chance."
)
REGION_COUNT = "{region} has {children:,} children with IEPs{source}."
GUESSED = "{about} would be left for a program that guesses your district."
NOT_COUNTED = (
    "Not counted: support and the kind of placement, which are sent in bands only. Sex, language and exact "
    "dates are never sent in an enquiry. A program may know more, for example which districts are near it."
)
ASK_SEATS = "Ask the programs about their seats first. That carries nothing of the student."
TREAT_AS_IDENTIFIED = (
    "Or treat the student as identified: record a consent or an authority. The enquiry then tells the state "
    "and an age band, under that record only."
)
COVERED = "A consent or an authority on record covers it. The enquiry is sent under that record."
