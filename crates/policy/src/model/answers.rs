//! The questions of the public contract and their values.
//!
//! The names are public: portals send them. They are never renamed, only added to.

use serde::{Deserialize, Serialize};

/// A plain choice with its spelling in requests; gives `ALL`, `as_str` and `parse` beside the serde names.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in the order in which it is offered.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The spellings in requests and notice files, in the order of [`Self::ALL`].
            pub const NAMES: &'static [&'static str] = &[$($text),+];

            /// The spelling in requests and notice files.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                Self::NAMES[self as usize]
            }

            /// The value with this spelling, if there is one.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.get(place_of(text, Self::NAMES)?).copied()
            }
        }

        impl $crate::pack::Pack for $name {
            fn pack(&self, out: &mut String) {
                (*self as u8).pack(out);
            }
            fn unpack(from: &mut $crate::pack::Reader<'_>) -> Self {
                let at = usize::from(u8::unpack(from));
                Self::ALL.get(at).copied().unwrap_or_else(|| {
                    from.failed = true;
                    Self::ALL[0]
                })
            }
        }
    };
}
pub(crate) use choice;

/// The place of a text among names.
#[must_use]
pub fn place_of(text: &str, names: &[&str]) -> Option<usize> {
    names.iter().position(|name| *name == text)
}

choice! {
    /// Where the person's household registration (户籍) and home are.
    Residence {
        /// 本县户籍: registered in this county.
        Local = "local",
        /// 外地户籍、持本县居住证: registered elsewhere, with this county's residence permit.
        Permit = "permit",
        /// 外地户籍、长住本县、无居住证: registered elsewhere, living here without a permit.
        Living = "living",
        /// 户籍和居住都不在本县: neither registered nor living here.
        Away = "away",
    }
}

choice! {
    /// What the person is covered by today, for this coverage year.
    OtherPlan {
        /// Nothing else.
        None = "none",
        /// 正在参加职工医保: the employee plan.
        Employee = "employee",
        /// 已在外地参加居民医保: the resident plan of another place.
        ResidentElsewhere = "resident_elsewhere",
        /// 其他国家规定的保障: other state cover (army and the like).
        Other = "other",
    }
}

choice! {
    /// What other scheme or situation the person left (for `welfare_home`: entered; for `community_correction`: which began).
    Left {
        /// Nothing.
        None = "none",
        /// 职工医保: employee insurance.
        Employee = "employee",
        /// 退役军人: discharged soldier.
        Soldier = "soldier",
        /// 随军未就业配偶: a soldier's spouse without work.
        SoldierSpouse = "soldier_spouse",
        /// 征兵工作退回人员: conscript sent back.
        ConscriptReturned = "conscript_returned",
        /// 刑满释放: released from prison.
        Prison = "prison",
        /// 社区矫正: community correction.
        CommunityCorrection = "community_correction",
        /// 儿童福利机构接收: taken in by a children's home.
        WelfareHome = "welfare_home",
    }
}

choice! {
    /// Cover in the year before the coverage year.
    LastYear {
        /// The resident plan, without a break.
        Resident = "resident",
        /// The employee plan, without a break.
        Employee = "employee",
        /// Other state cover (army, prison).
        Other = "other",
        /// Broken within the year.
        Partial = "partial",
        /// None, though insured before.
        None = "none",
        /// Never insured before.
        Never = "never",
    }
}

choice! {
    /// Whether the person studies at a college (大中专).
    Student {
        /// Not a student.
        None = "none",
        /// Newly enrolled at a school here.
        NewHere = "new_here",
        /// At a school here.
        Here = "here",
        /// At a school elsewhere.
        Away = "away",
    }
}

choice! {
    /// A hardship or benefit group (困难或优待身份), confirmed by the departments' lists.
    Group {
        /// 特困/五保.
        Tekun = "tekun",
        /// 孤儿: orphan.
        Orphan = "orphan",
        /// 事实无人抚养儿童: child in fact without a carer.
        DeFactoOrphan = "de_facto_orphan",
        /// 城市三无.
        UrbanThreeNo = "urban_three_no",
        /// 低保: subsistence allowance.
        Dibao = "dibao",
        /// 低保边缘.
        DibaoEdge = "dibao_edge",
        /// 脱贫不稳定.
        Unstable = "unstable",
        /// 边缘易致贫.
        Edge = "edge",
        /// 突发严重困难.
        Sudden = "sudden",
        /// 返贫致贫.
        Returned = "returned",
        /// 稳定脱贫/脱贫人口.
        Stable = "stable",
        /// 建档立卡贫困.
        RegisteredPoor = "registered_poor",
        /// 残疾一级.
        Disability1 = "disability_1",
        /// 残疾二级.
        Disability2 = "disability_2",
        /// 残疾三级.
        Disability3 = "disability_3",
        /// 残疾四级.
        Disability4 = "disability_4",
        /// 丧失劳动能力的残疾人.
        NoWorkCapacity = "no_work_capacity",
        /// 农村计生特殊困难家庭.
        FamilyPlanning = "family_planning",
        /// 享受定期抚恤或定期定量补助的在乡优抚对象.
        VeteranBenefit = "veteran_benefit",
        /// 低收入家庭.
        LowIncome = "low_income",
    }
}

impl Group {
    /// What the group is called where a notice does not name it.
    ///
    /// ```
    /// use canbao_policy::model::Group;
    /// assert_eq!(Group::Dibao.name(), "低保对象");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tekun => "特困人员（五保）",
            Self::Orphan => "孤儿",
            Self::DeFactoOrphan => "事实无人抚养儿童",
            Self::UrbanThreeNo => "城市三无人员",
            Self::Dibao => "低保对象",
            Self::DibaoEdge => "低保边缘人口",
            Self::Unstable => "脱贫不稳定人口",
            Self::Edge => "边缘易致贫人口",
            Self::Sudden => "突发严重困难人口",
            Self::Returned => "返贫致贫人口",
            Self::Stable => "脱贫人口（稳定脱贫）",
            Self::RegisteredPoor => "建档立卡贫困人口",
            Self::Disability1 => "残疾一级",
            Self::Disability2 => "残疾二级",
            Self::Disability3 => "残疾三级",
            Self::Disability4 => "残疾四级",
            Self::NoWorkCapacity => "丧失劳动能力的残疾人",
            Self::FamilyPlanning => "农村计生特殊困难家庭",
            Self::VeteranBenefit => "领定期抚恤或补助的在乡优抚对象",
            Self::LowIncome => "低收入家庭",
        }
    }
}

choice! {
    /// A question of the contract, by the name it has in requests.
    Answer {
        /// See [`Residence`].
        Residence = "residence",
        /// See [`OtherPlan`].
        OtherPlan = "other_plan",
        /// Date of birth.
        BirthDate = "birth_date",
        /// See [`Group`].
        Groups = "groups",
        /// The earliest recognition among the assisted groups.
        RecognisedOn = "recognised_on",
        /// See [`Left`].
        Left = "left",
        /// The last insured day, or the day of discharge, release, admission, the beginning of community correction.
        LeftOn = "left_on",
        /// 连续参加职工医保满2年.
        EmployeeTwoYears = "employee_two_years",
        /// Months of employee contributions within the coverage year.
        EmployeeMonths = "employee_months",
        /// An unpaid month within the coverage year before leaving.
        EmployeeGap = "employee_gap",
        /// Months of employee contributions in the year before the coverage year.
        EmployeeMonthsLastYear = "employee_months_last_year",
        /// See [`LastYear`].
        LastYear = "last_year",
        /// Consecutive years without cover up to and including last year.
        MissedYears = "missed_years",
        /// Last year's resident plan paid nothing for this person.
        NoClaims = "no_claims",
        /// See [`Student`].
        Student = "student",
        /// A parent is in the province's basic medical insurance.
        ParentInsured = "parent_insured",
    }
}
