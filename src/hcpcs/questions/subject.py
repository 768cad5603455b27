"""The subjects of questions, and the table of those that no HCPCS record states: ``tables/subjects.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType

from hcpcs.records.record import Frozen


class Subject(StrEnum):
    """What a question asks about. The first sentence of the answer is about this."""

    COVERAGE = "coverage"
    DESCRIPTION = "description"
    PRICE = "price"
    STATUS = "status"
    REPLACEMENT = "replacement"
    PREDECESSOR = "predecessor"
    FIELD = "field"
    UNITS = "units"
    COMPARISON = "comparison"
    CHANGES = "changes"
    HISTORY = "history"
    LIST = "list"
    SEARCH = "search"
    DEFINITION = "definition"
    CONTACT = "contact"
    HELP = "help"
    SMALL_TALK = "small_talk"
    AMOUNT = "amount"
    CEILING = "ceiling"
    SEQUESTRATION = "sequestration"
    DISPENSING_FEE = "dispensing_fee"
    PHYSICIAN_CERTIFICATION = "physician_certification"
    LIMIT = "limit"
    PRIOR_AUTHORIZATION = "prior_authorization"
    ABN = "abn"
    ABN_ON_FILE = "abn_on_file"
    ABN_NOT_ON_FILE = "abn_not_on_file"
    EXCLUDED_WITHOUT_ABN = "excluded_without_abn"
    DOCUMENTATION = "documentation"
    CERTIFICATE = "certificate"
    POLICY = "policy"
    MULTI_DOSE_WASTE = "multi_dose_waste"
    BOTH_SIDES = "both_sides"
    MISSING_MODIFIER = "missing_modifier"
    MODIFIER_COUNT = "modifier_count"
    THERAPY_THRESHOLD = "therapy_threshold"
    INTERPRETER = "interpreter"
    LOANER = "loaner"
    AMBULANCE_EMERGENCY = "ambulance_emergency"
    ASSIGNMENT_ON_A_CLAIM = "assignment_on_a_claim"
    NO_TRANSPORT = "no_transport"
    ORDINARY_FLOW = "ordinary_flow"
    DEATH_ON_DME = "death_on_dme"
    BIOSIMILAR_MODIFIER = "biosimilar_modifier"
    AUDIO_ONLY_MODIFIERS = "audio_only_modifiers"
    JW_LINE = "jw_line"
    TELEHEALTH_MODIFIERS = "telehealth_modifiers"
    CODES_OF_MODIFIER = "codes_of_modifier"
    MODIFIERS_TOGETHER = "modifiers_together"
    BILLED_TOGETHER = "billed_together"
    REQUIRED_MODIFIERS = "required_modifiers"
    PLACE_OF_SERVICE = "place_of_service"
    TYPE_OF_BILL = "type_of_bill"
    CLAIM_CODES = "claim_codes"
    SUPERVISION = "supervision"
    AGE_AND_SEX = "age_and_sex"
    REVENUE_CODE = "revenue_code"
    APC = "apc"
    GLOBAL_PERIOD = "global_period"
    RVU = "rvu"
    CONVERSION_FACTOR = "conversion_factor"
    BIDDING = "bidding"
    RENTAL = "rental"
    PRODUCT_VERIFICATION = "product_verification"
    NDC = "ndc"
    CROSSWALK = "crosswalk"
    DIAGNOSIS = "diagnosis"
    DENIAL = "denial"
    APPEAL = "appeal"
    RECORD_RETENTION = "record_retention"
    TIMELY_FILING = "timely_filing"
    USEFUL_LIFETIME = "useful_lifetime"
    ABN_MODIFIERS = "abn_modifiers"
    WITHOUT_ABN = "without_abn"
    MEDICARE_DENIAL = "medicare_denial"
    SELF_PAY = "self_pay"
    HOSPICE = "hospice"
    AUTHORIZATION_TIMES = "authorization_times"
    ELIGIBILITY = "eligibility"
    AUDIT = "audit"
    FRAUD = "fraud"
    RAILROAD = "railroad"
    PATIENT_DATA = "patient_data"
    CLAIM_SUBMISSION = "claim_submission"
    AMBULANCE_NECESSITY = "ambulance_necessity"
    CLAIM_RULES = "claim_rules"
    COST_SHARING = "cost_sharing"
    CLAIM_CORRECTION = "claim_correction"
    ASSIGNMENT = "assignment"
    LIABILITY = "liability"
    ENROLLMENT = "enrollment"
    TAXONOMY = "taxonomy"
    CONTRACTOR = "contractor"
    VETERANS = "veterans"
    CHIROPRACTOR = "chiropractor"
    TELEHEALTH_PLACE = "telehealth_place"
    EYEGLASSES = "eyeglasses"
    TELEHEALTH = "telehealth"
    DOSAGE = "dosage"
    FITTING = "fitting"
    WEIGHT_CAPACITY = "weight_capacity"
    CONTENTS = "contents"
    CONSOLIDATED_BILLING = "consolidated_billing"
    UNSTATED = "unstated"
    WASTE_DOCUMENTATION = "waste_documentation"
    DISCARDED_DRUG = "discarded_drug"
    NOC_CLAIM = "noc_claim"
    SELF_ADMINISTERED = "self_administered"
    PREVENTIVE_VACCINE = "preventive_vaccine"
    VACCINE = "vaccine"
    PART_B_OR_D = "part_b_or_d"
    STEP_THERAPY = "step_therapy"
    DRUG_PRICE = "drug_price"
    CODE_APPLICATION = "code_application"
    CODE_FILE = "code_file"
    CODE_SYSTEM = "code_system"
    CODE_SET = "code_set"
    COVID_VACCINE = "covid_vaccine"
    PAYERS_AND_CODES = "payers_and_codes"
    CODE_SUCCESSION = "code_succession"
    VACCINE_CODE = "vaccine_code"
    DATE_OF_SERVICE = "date_of_service"
    WHOLE_CONTAINERS = "whole_containers"
    MODIFIER_ORDER = "modifier_order"
    THERAPY_MODIFIERS = "therapy_modifiers"
    REPAIR = "repair"
    CLAIM_FORM = "claim_form"
    DELIVERY_BEFORE_DISCHARGE = "delivery_before_discharge"
    PURCHASE_OPTION = "purchase_option"
    BEVACIZUMAB_IN_THE_EYE = "bevacizumab_in_the_eye"
    SAME_OR_SIMILAR = "same_or_similar"
    AUTHORIZATION_REQUEST = "authorization_request"
    AUTHORIZATION_WHEN_SECONDARY = "authorization_when_secondary"
    PRIMARY_PAYER = "primary_payer"
    DUAL_ELIGIBLE = "dual_eligible"
    SPEND_DOWN = "spend_down"
    FORMER_ORDERS = "former_orders"
    WRITTEN_ORDER = "written_order"
    ORDERING_PRACTITIONER = "ordering_practitioner"
    SHOE_CERTIFICATION = "shoe_certification"
    NEW_ORDER = "new_order"
    REFILL = "refill"
    DAYS_SUPPLY = "days_supply"
    TRAVEL = "travel"
    HOME_HEALTH_PERIOD = "home_health_period"
    DIALYSIS_PERIOD = "dialysis_period"
    SUPPLIER_ENROLLMENT = "supplier_enrollment"
    CLAIM_FORMAT = "claim_format"
    DIAGNOSIS_CODE = "diagnosis_code"
    ABN_NEEDED = "abn_needed"
    EQUIPMENT_CATEGORY = "equipment_category"
    AUTHORIZATION_ON_CLAIM = "authorization_on_claim"
    SIGNATURE = "signature"
    AMBULANCE_SIGNATURE = "ambulance_signature"
    HOME_HEALTH_CERTIFICATION = "home_health_certification"
    RECONSIDERATION = "reconsideration"
    RENTAL_RESTART = "rental_restart"
    NDC_ON_CLAIM = "ndc_on_claim"
    MANDATORY_CLAIMS = "mandatory_claims"
    PROOF_OF_DELIVERY = "proof_of_delivery"
    SPECIALTY_EVALUATION = "specialty_evaluation"
    NURSING_FACILITY_PLACE = "nursing_facility_place"
    PART_A_OR_B = "part_a_or_b"
    HOME_OF_EQUIPMENT = "home_of_equipment"
    LOST_OR_DAMAGED = "lost_or_damaged"
    OVERPAYMENT = "overpayment"
    PLACE_DENIAL = "place_denial"
    DELIVERY_CHARGE = "delivery_charge"
    OTHER_INSURANCE_FIRST = "other_insurance_first"
    MEDICAID_LAST = "medicaid_last"
    MANAGED_CARE_TRANSFER = "managed_care_transfer"
    ABN_REFUSED = "abn_refused"
    UPGRADE = "upgrade"
    ACCREDITATION = "accreditation"
    SURETY_BOND = "surety_bond"
    MISSED_APPOINTMENT = "missed_appointment"
    ENROLLMENT_CHANGE = "enrollment_change"
    PARTICIPATION = "participation"
    MAY_NOT_ORDER = "may_not_order"
    MAY_ORDER = "may_order"
    VERBAL_ORDER = "verbal_order"
    FACE_TO_FACE_TIME = "face_to_face_time"
    SUPPLIER_CHANGE = "supplier_change"
    MODIFIERS_ON_FORM = "modifiers_on_form"
    HOSPITAL_CODES_ON_CLAIM = "hospital_codes_on_claim"
    HOME_HEALTH_SUPPLIES = "home_health_supplies"
    EQUIPMENT_IN_ASSISTED_LIVING = "equipment_in_assisted_living"
    EQUIPMENT_IN_FACILITY = "equipment_in_facility"
    SNF_STAY = "snf_stay"
    OUTPATIENT_DEPARTMENT = "outpatient_department"
    INPATIENT_STAY = "inpatient_stay"
    PLACE_OF_USE = "place_of_use"
    HOSPICE_SITE = "hospice_site"
    ASC_PAYMENT = "asc_payment"
    ORIGINATING_SITE = "originating_site"
    OXYGEN_MAINTENANCE = "oxygen_maintenance"
    DME_JURISDICTIONS = "dme_jurisdictions"
    COPAY_WAIVER = "copay_waiver"
    SOLICITATION = "solicitation"
    PAYMENT_TIME = "payment_time"
    ORDERING_ENROLLMENT = "ordering_enrollment"
    CLAIMS_OFFICE = "claims_office"
    ORDER_TIMING = "order_timing"
    PAP_TRIAL = "pap_trial"
    SLEEP_TEST = "sleep_test"
    OXYGEN_TEST = "oxygen_test"
    FACE_TO_FACE_TELEHEALTH = "face_to_face_telehealth"
    MANAGED_CARE_CLAIMS = "managed_care_claims"
    CUSTODY = "custody"
    OUTSIDE_US = "outside_us"
    ORDERING_ON_CLAIM = "ordering_on_claim"
    CLAIM_FORM_ITEM = "claim_form_item"
    PATIENT_REFUND = "patient_refund"
    LICENSURE = "licensure"
    UNSTATED_CASE = "unstated_case"
    ABN_OPTIONS = "abn_options"
    HOME_ASSESSMENT = "home_assessment"
    REVOCATION = "revocation"
    WITHOUT_PART_B = "without_part_b"
    ABN_TIMING = "abn_timing"
    SNF_WITHOUT_PART_A = "snf_without_part_a"
    SUPPLIER_STANDARDS = "supplier_standards"
    ENROLLMENT_OF_LOCATIONS = "enrollment_of_locations"
    RESPIRATORY_ASSIST, DRUG_SUPPLY, HOME_NUTRITION = "respiratory_assist", "drug_supply", "home_nutrition"
    ORDER_NEEDED, FORMS, OFFICE_FEES = "order_needed", "forms", "office_fees"


class SubjectBeyondRecord(Frozen):
    """A subject that no record states: one entry of the table.

    ``cues``, ``code_cues``, ``weak_cues`` and ``modifier_cues`` are regular expressions for whole words in lower case:
    for any question, for one that names a code, for one that names a code and doesn't ask about Medicare's coverage as
    well, and for one that names a modifier, which must be one of ``of_modifiers`` where these are given, or all of them
    if ``needs_all_modifiers``, and at least ``least_modifiers`` of any; beside ``not_of_modifiers`` the subject is not
    meant; ``item_cues`` are for one that names no code, and match only the words that ask; ``hospital_cues`` for
    one that names a C code; a question with any of ``unless`` doesn't mean the subject. With ``of_letters``,
    ``code_cues`` and ``weak_cues`` are for codes of these letters only, or for these codes. The answer on a
    subject ``of_items`` names the codes of an item in words. ``sentence`` answers for ``{codes}``, where ``{s}``,
    ``{es}`` and ``{is_are}`` follow the number; ``several`` is its form for two codes or more, ``general`` the
    answer where no code is named, and ``of_family`` its form for a family. ``rules`` are sentences under it, from
    ``source``, which with ``link`` also says where the subject is published. ``parts`` name functions of
    ``answers/parts/record_parts.py``. A ``side`` subject never decides the answer beside a code;
    beside an amount ``not_beside_a_dose`` makes the question one about units. ``also_answers`` are subjects that its
    answer answers as well; ``of_every_payer``: no payer's sentence leads it. ``opening``: before a yes/no answer.
    """

    subject: Subject
    cues: tuple[str, ...] = ()
    code_cues: tuple[str, ...] = ()
    weak_cues: tuple[str, ...] = ()
    modifier_cues: tuple[str, ...] = ()
    item_cues: tuple[str, ...] = ()
    hospital_cues: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    of_letters: frozenset[str] = frozenset()
    of_modifiers: frozenset[str] = frozenset()
    not_of_modifiers: frozenset[str] = frozenset()
    needs_all_modifiers: bool = False
    least_modifiers: int = 1
    opening: str = ""
    sentence: str
    several: str = ""
    general: str
    of_family: str = ""
    rules: tuple[str, ...] = ()
    source: str
    link: str
    parts: tuple[str, ...] = ()
    side: bool = False
    of_items: bool = False
    not_beside_a_dose: bool = False
    also_answers: frozenset[Subject] = frozenset()
    of_every_payer: bool = False


@cache
def subjects_beyond_record() -> Mapping[Subject, SubjectBeyondRecord]:
    """The table in its order, read once per process."""
    source = resources.files("hcpcs.questions").joinpath("tables", "subjects.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return MappingProxyType(
        {Subject(key): SubjectBeyondRecord(subject=Subject(key), **entry) for key, entry in table.items()}
    )
