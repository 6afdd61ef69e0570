//! The notice itself: who issued it, its clauses, its periods and groups, its rules, and what it does not say.

use super::answers::{Group, choice, place_of};
use super::condition::Condition;
use super::date_expr::DateExpr;
use super::rules::{Assist, Benefit, Days, Extra, Fee, Note, Overlap, Register, Unstated, Wait, Way};
use super::yuan::Yuan;
use crate::packed;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A day of the calendar as schema: TOML text in quotes.
#[cfg(feature = "author")]
fn day_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({
        "type": "string",
        "format": "date",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "description": "A day of the calendar in quotes: \"2025-10-29\"."
    })
}

/// A whole notice, one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Who issued it, for where and which year.
    pub notice: Identity,
    /// The clauses that matter to a resident, in the notice's order.
    #[serde(rename = "clause", default)]
    pub clauses: Vec<Clause>,
    /// Named stretches of time.
    #[serde(rename = "period", default)]
    pub periods: Vec<Period>,
    /// Questions that the text leaves open.
    #[serde(rename = "reading", default)]
    pub readings: Vec<Reading>,
    /// Questions that only this notice needs.
    #[serde(rename = "question", default)]
    pub questions: Vec<Question>,
    /// The groups the notice speaks of.
    #[serde(rename = "group", default)]
    pub groups: Vec<GroupEntry>,
    /// Ways a person goes.
    #[serde(rename = "way", default)]
    pub ways: Vec<Way>,
    /// Fees.
    #[serde(rename = "fee", default)]
    pub fees: Vec<Fee>,
    /// What holds where several assistances apply.
    #[serde(default)]
    pub overlap: Option<Overlap>,
    /// The clauses behind `overlap`.
    #[serde(default)]
    pub overlap_clauses: Vec<String>,
    /// Assistance.
    #[serde(rename = "assist", default)]
    pub assists: Vec<Assist>,
    /// Benefit periods.
    #[serde(rename = "benefit", default)]
    pub benefits: Vec<Benefit>,
    /// Waiting periods.
    #[serde(rename = "wait", default)]
    pub waits: Vec<Wait>,
    /// Premiums beside the fee.
    #[serde(rename = "extra", default)]
    pub extras: Vec<Extra>,
    /// First registrations.
    #[serde(rename = "register", default)]
    pub registers: Vec<Register>,
    /// Things to say.
    #[serde(rename = "note", default)]
    pub notes: Vec<Note>,
    /// Where and how to pay.
    #[serde(rename = "channel", default)]
    pub channels: Vec<Channel>,
    /// What to bring.
    #[serde(rename = "paper", default)]
    pub papers: Vec<Paper>,
    /// Refunds, certificates, incentives and the like.
    #[serde(rename = "info", default)]
    pub infos: Vec<Info>,
    /// Offices to ask.
    #[serde(rename = "contact", default)]
    pub contacts: Vec<Contact>,
    /// What the notice does not say.
    #[serde(rename = "silence", default)]
    pub silences: Vec<Silence>,
}

impl Notice {
    /// The public id: `<code>-<coverage year>`.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}-{}", self.notice.place.code, self.notice.year)
    }
}

packed! {
    /// Who issued the notice, for where and which year, and how good the copy is.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct Identity {
        /// Coverage year (参保年度).
        pub year: i32,
        /// The full title.
        pub title: String,
        /// Document number (发文字号), where there is one.
        #[serde(default)]
        pub document: Option<String>,
        /// Date of issue, where known.
        #[serde(default)]
        #[cfg_attr(feature = "author", schemars(schema_with = "day_schema_opt"))]
        pub issued: Option<NaiveDate>,
        /// Who issued it.
        #[serde(default)]
        pub issuer: Option<String>,
        /// Where the copy was found.
        #[serde(default)]
        pub source: Option<String>,
        /// What is wrong with the copy, each in one plain Chinese sentence. Always shown.
        #[serde(default)]
        pub warnings: Vec<String>,
        /// The government share per head in yuan (财政补助), where given: context, not a bill.
        #[serde(default)]
        pub fiscal_share: Option<Yuan>,
        /// Its clause.
        #[serde(default)]
        pub fiscal_clauses: Vec<String>,
        /// Where it holds.
        pub place: Place,
    }
}

#[cfg(feature = "author")]
fn day_schema_opt(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    day_schema(generator)
}

packed! {
    /// A county (县) or district (区).
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct Place {
        /// Six characters of GB/T 2260; `x` where unknown.
        pub code: String,
        /// Name: 兴县.
        pub name: String,
        /// Pinyin without tones, syllables apart: `xing xian`.
        pub pinyin: String,
        /// Province.
        pub province: String,
        /// City (地级市), where known.
        #[serde(default)]
        pub city: Option<String>,
    }
}

packed! {
    /// A clause of the notice.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct Clause {
        /// Its label in the notice's own numbering: `七(一)`.
        pub label: String,
        /// What it says, in one plain sentence of our own.
        pub summary: String,
    }
}

packed! {
    /// A named stretch of time (集中缴费期 and the like).
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct Period {
        /// Its name in date expressions: `central` for `central.end`.
        pub id: String,
        /// Its name for people.
        pub label: String,
        /// First day.
        pub from: DateExpr,
        /// Last day.
        pub to: DateExpr,
        /// Payable days of each month.
        #[serde(default)]
        pub days: Option<Days>,
        /// The clauses that give it.
        #[serde(default)]
        pub clauses: Vec<String>,
    }
}

packed! {
    /// A question that the text leaves open (待释疑条款).
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct Reading {
        /// Its name in conditions.
        pub id: String,
        /// The question, in plain Chinese.
        pub question: String,
        /// The ways to read it, the recommended one first.
        pub options: Vec<ReadingOption>,
        /// The clauses that leave it open.
        #[serde(default)]
        pub clauses: Vec<String>,
    }
}

packed! {
    /// One way to read an open clause.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct ReadingOption {
        /// Its name in conditions.
        pub id: String,
        /// What it says, in plain Chinese.
        pub label: String,
    }
}

packed! {
    /// A question that only this notice needs.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct Question {
        /// Its key in requests.
        pub id: String,
        /// The question, in plain Chinese.
        pub ask: String,
        /// One sentence of help.
        #[serde(default)]
        pub hint: Option<String>,
        /// What is answered.
        pub kind: QuestionKind,
        /// The clauses that need it.
        #[serde(default)]
        pub clauses: Vec<String>,
    }
}

/// What a notice's own question is answered with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum QuestionKind {
    /// One of these.
    Choice(Vec<QuestionChoice>),
    /// Yes or no.
    YesNo,
    /// A whole number from 0 to this.
    Number(u32),
}

packed! {
    /// A choice of a notice's own question.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct QuestionChoice {
        /// Its value in requests.
        pub id: String,
        /// Its label, in plain Chinese.
        pub label: String,
    }
}

packed! {
    /// A group as this notice names it.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct GroupEntry {
        /// The group.
        pub id: Group,
        /// Its name in the notice.
        pub name: String,
        /// Who is meant, in one plain sentence.
        #[serde(default)]
        pub meaning: Option<String>,
        /// Which office's list confirms it; without it the notice does not say.
        #[serde(default)]
        pub confirmed_by: Option<String>,
        /// The clauses that name it.
        #[serde(default)]
        pub clauses: Vec<String>,
    }
}

choice! {
    /// A way to pay, as the contract names it.
    ChannelId {
        /// 微信.
        Wechat = "wechat",
        /// 支付宝.
        Alipay = "alipay",
        /// 云闪付.
        Unionpay = "unionpay",
        /// Bank's mobile app.
        BankApp = "bank_app",
        /// Bank counter.
        BankCounter = "bank_counter",
        /// Bank's self-service machine.
        BankKiosk = "bank_kiosk",
        /// 电子税务局.
        TaxSite = "tax_site",
        /// The tax office's app.
        TaxApp = "tax_app",
        /// 办税服务厅.
        TaxHall = "tax_hall",
        /// POS 机.
        Pos = "pos",
        /// 集中代收.
        Collector = "collector",
        /// By the school.
        School = "school",
        /// 家庭共济: a relative's employee insurance account.
        FamilyAccount = "family_account",
    }
}

packed! {
    /// A channel with how to use it.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct Channel {
        /// Which.
        pub id: ChannelId,
        /// Its name in the notice.
        pub name: String,
        /// What to tap or do, step by step.
        #[serde(default)]
        pub steps: Vec<String>,
        /// A last step that differs by person: the first that holds is shown.
        #[serde(default)]
        pub audiences: Vec<Audience>,
        /// Where, with what, at which hours, when given.
        #[serde(default)]
        pub place: Option<String>,
        /// Phone, when given.
        #[serde(default)]
        pub phone: Option<String>,
        /// Whether cash works, when the notice says so.
        #[serde(default)]
        pub cash: bool,
        /// Offered when this holds.
        #[serde(default)]
        pub when: Condition,
        /// The clauses that open it.
        #[serde(default)]
        pub clauses: Vec<String>,
    }
}

packed! {
    /// A step for some people only.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct Audience {
        /// Who.
        #[serde(default)]
        pub when: Condition,
        /// What they do.
        pub step: String,
    }
}

packed! {
    /// Papers to bring.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct Paper {
        /// Who has to.
        #[serde(default)]
        pub when: Condition,
        /// What for and where, in plain Chinese.
        pub label: String,
        /// The papers.
        pub items: Vec<String>,
        /// The clauses that ask for them.
        #[serde(default)]
        pub clauses: Vec<String>,
    }
}

choice! {
    /// What a piece of information is about.
    Topic {
        /// 退费.
        Refund = "refund",
        /// 缴费凭证.
        Certificate = "certificate",
        /// 激励.
        Incentive = "incentive",
        /// 缴费查询.
        Lookup = "lookup",
        /// 参保登记、信息变更.
        Registration = "registration",
        /// 待遇.
        Benefit = "benefit",
        /// Anything else.
        Other = "other",
    }
}

packed! {
    /// A piece of information.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct Info {
        /// What it is about.
        pub topic: Topic,
        /// Who it matters to.
        #[serde(default)]
        pub when: Condition,
        /// What the notice says, in plain Chinese.
        pub text: String,
        /// The clauses it rests on.
        #[serde(default)]
        pub clauses: Vec<String>,
    }
}

packed! {
    /// An office to ask.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct Contact {
        /// The office.
        pub office: String,
        /// What to ask it.
        #[serde(default)]
        pub about: Option<String>,
        /// Its phone, when given.
        #[serde(default)]
        pub phone: Option<String>,
        /// The clauses that name it.
        #[serde(default)]
        pub clauses: Vec<String>,
    }
}

packed! {
    /// Something a resident would ask and the notice does not say.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct Silence {
        /// What it is about.
        pub about: Unstated,
        /// The sentence, in plain Chinese: what is not said.
        pub text: String,
        /// Which office to ask.
        pub ask: String,
    }
}
