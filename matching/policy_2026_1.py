"""Policy 2026.1 as data: every number with author, date and reason."""

from datetime import date

from matching.checks import check_is
from matching.policy import Choice, Policy, Reimbursement, StateLimit, TransportRate
from matching.vocabulary import Criterion, PeerTime, Setting

AUTHOR = "Placewell developers"
ADOPTED_ON = date(2026, 11, 22)
CIRCUIT_BREAKER = "https://doe.mass.edu/finance/circuitbreaker/rates.html"

REASONS: dict[str, tuple[str, str]] = {
    "weights": (
        "Services lead because the IEP names them; the four supports that decide safety and access count "
        "double those that vary within a room; family preference is heard and does not decide.",
        "",
    ),
    "under_support_loss": ("A gap of four levels leaves no value.", ""),
    "over_support_loss": ("More support than needed restricts and costs, less than too little does.", ""),
    "preferred_service_percent": ("A preferred service counts half a required one.", ""),
    "ratio_zero_multiple": ("Three times the students per adult asked for leaves no value.", ""),
    "peer_points": ("Time with peers without disabilities, in three equal steps.", "34 CFR 300.114"),
    "return_support_points": ("A way back to the district is part of the placement.", "603 CMR 28.06(2)"),
    "ride_full_minutes": ("Shorter than 20 minutes makes no further difference.", ""),
    "ride_default_limit_minutes": ("One hour each way unless the Team approves more.", "603 CMR 28.06(8)(a)"),
    "ride_least_limit_minutes": ("Below 30 minutes the scale would judge differences of a few stops.", ""),
    "ride_base_minutes": ("Boarding and the first and last streets.", ""),
    "ride_minutes_per_mile": ("2.4 minutes for each straight mile, about 35 miles an hour by road.", ""),
    "ride_low_share": ("An estimate may be a fifth too high.", ""),
    "ride_high_share": ("An estimate may be three fifths too low: shared vans and traffic.", ""),
    "start_zero_days": ("A seat a quarter of a year late is no seat for this need.", ""),
    "preference_points": ("First, second and third named program.", ""),
    "preference_not_named": ("A program not named is not refused.", ""),
    "preference_none_stated": ("Without a stated preference all count alike.", ""),
    "need_fit_threshold": ("Three fifths of the need met is the least called adequate.", ""),
    "critical_need": ("From level 2 a need cannot go without support.", ""),
    "critical_gap": ("Two levels short is another kind of program.", ""),
    "cost_delta": ("Values within 2 % are practically equal; only then may cost order.", "34 CFR 300.116"),
    "cost_rounding_usd": ("Differences below $1,000 a year are noise beside a contract's extras.", ""),
    "seats_current_days": ("Two weeks: the rhythm asked of programs.", ""),
    "seats_ask_days": ("A month old still counts, with a reminder.", ""),
    "seats_stale_days": ("After three months a seat fact says nothing.", ""),
    "medical_gate_from": ("From level 2 a nurse is needed in the building.", ""),
    "behavior_gate_from": ("From level 2 staff must be trained and placed for safety.", ""),
    "age_limit_months": ("Eligibility ends at the 22nd birthday.", "603 CMR 28.02; dated setting per state"),
    "unknown_public_setting": (
        "A listed program of a public collaborative is approved and is a class or a day school; "
        "placed by the more restrictive.",
        "603 CMR 28.09; 603 CMR 50.00",
    ),
    "part_day_aide_percent": ("Half the price of a full-day aide.", ""),
    "reimbursements": (
        "Massachusetts repays 75 % of eligible cost above a yearly threshold; no threshold after FY2020 "
        "was found, so later years are unknown, not zero.",
        CIRCUIT_BREAKER,
    ),
    "weight_concentration": (
        "A weight of a fifth gets a standard deviation of .056: plausible disagreement.",
        "",
    ),
    "importance_classes": ("No order of importance is stated; the point weights are varied instead.", ""),
    "transport": ("No published price of rides was found: not known.", ""),
    "state_limits": (
        "Any instructional group in Massachusetts, in every setting; programs are bound by it, so a room "
        "whose ages are not known is presumed to keep it, with a question. Sizes for each staffing were not "
        "found in a source that could be read: not known.",
        "603 CMR 28.06(6)(f)",
    ),
}

WEIGHTS = {
    Criterion.SERVICES: 820,
    Criterion.COMMUNICATION: 410,
    Criterion.BEHAVIOR: 410,
    Criterion.MEDICAL: 410,
    Criterion.MOBILITY: 205,
    Criterion.SENSORY: 410,
    Criterion.ACADEMIC: 205,
    Criterion.RATIO: 410,
    Criterion.INCLUSION: 205,
    Criterion.RIDE: 307,
    Criterion.START: 204,
    Criterion.PREFERENCE: 100,
}

REIMBURSEMENTS = (
    Reimbursement("MA", 2014, 41_404, 75, 0, CIRCUIT_BREAKER),
    Reimbursement("MA", 2020, 48_352, 75, 0, CIRCUIT_BREAKER),
    Reimbursement("MA", 2021, None, 75, 25, CIRCUIT_BREAKER),
    Reimbursement("MA", 2022, None, 75, 75, CIRCUIT_BREAKER),
    *(Reimbursement("MA", year, None, 75, 100, CIRCUIT_BREAKER) for year in range(2023, 2031)),
)

# The day is that of the source: the limit was in force then at the latest.
STATE_LIMITS = (
    StateLimit(
        state="MA",
        code="age_span",
        limit=48,
        valid_from=date(2011, 11, 14),
        source="603 CMR 28.06(6)(f), as the Department's program review of November 2011 words it (SE 41)",
        least_age_months=60,
    ),
)

POLICY_2026_1 = Policy(
    version="2026.1",
    author=AUTHOR,
    adopted_on=ADOPTED_ON,
    reason="First proposal, to be set by special education directors.",
    weights=WEIGHTS,
    under_support_loss=250,
    over_support_loss=100,
    preferred_service_percent=50,
    ratio_zero_multiple=3,
    peer_points={PeerTime.NONE: 0, PeerTime.SOME: 200, PeerTime.HALF: 400, PeerTime.MOST: 600},
    return_support_points=400,
    ride_full_minutes=20,
    ride_default_limit_minutes=60,
    ride_least_limit_minutes=30,
    ride_base_minutes=5.0,
    ride_minutes_per_mile=2.4,
    ride_low_share=0.8,
    ride_high_share=1.6,
    start_zero_days=90,
    preference_points=(1000, 800, 600),
    preference_not_named=300,
    preference_none_stated=500,
    need_fit_threshold=600,
    critical_need=2,
    critical_gap=2,
    cost_delta=20,
    cost_rounding_usd=1000,
    seats_current_days=14,
    seats_ask_days=30,
    seats_stale_days=90,
    medical_gate_from=2,
    behavior_gate_from=2,
    age_limit_months=264,
    unknown_public_setting=Setting.PUBLIC_DAY,
    part_day_aide_percent=50,
    reimbursements=REIMBURSEMENTS,
    transport=None,
    state_limits=STATE_LIMITS,
    choices={name: Choice(reason, AUTHOR, ADOPTED_ON, source) for name, (reason, source) in REASONS.items()},
)

EXAMPLE_TRANSPORT = TransportRate(base_usd_per_day=60, usd_per_mile=3, days=180, example=True)


def with_example_transport(policy: Policy) -> Policy:
    """The policy with an example price of rides, for the demo and ``--with-examples`` only."""
    check_is("policy", policy, Policy)
    choice = Choice("An example price of rides, made up for the demo.", AUTHOR, ADOPTED_ON)
    return policy.revised(version=f"{policy.version}+examples", choice=choice, transport=EXAMPLE_TRANSPORT)
