//! The contract's questions in plain Chinese, with their answers.

use canbao_policy::model::{Answer, LastYear, Left, OtherPlan, Residence, Student};
use canbao_policy::words;

/// What a question's words depend on.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The place's name.
    pub place: &'a str,
    /// The coverage year.
    pub year: i32,
    /// What the person left, where it is known.
    pub left: Option<Left>,
}

/// The question.
pub fn ask(answer: Answer, about: About<'_>) -> String {
    let About { place, year, left } = about;
    let before = year - 1;
    match answer {
        Answer::Residence => words!["您的户口和住处在", place, "吗？"],
        Answer::OtherPlan => words![year, " 年，您有别的医保吗？"],
        Answer::BirthDate => "您是哪天出生的？".to_owned(),
        Answer::Groups => "您是下面这些人吗？".to_owned(),
        Answer::RecognisedOn => "您最早是哪天被认定的？".to_owned(),
        Answer::Left => "您有没有下面的情况？".to_owned(),
        Answer::LeftOn => left_on(left).to_owned(),
        Answer::EmployeeTwoYears => "您停保前，连续参加职工医保满 2 年了吗？".to_owned(),
        Answer::EmployeeMonths => words![year, " 年里，您交了几个月职工医保？"],
        Answer::EmployeeGap => words![year, " 年里，停职工医保之前有没有哪个月没交？"],
        Answer::EmployeeMonthsLastYear => words![before, " 年里，您交了几个月职工医保？"],
        Answer::LastYear => words![before, " 年，您的医保是哪一种？"],
        Answer::MissedYears => words!["到 ", before, " 年为止，您连续几年没参保？"],
        Answer::NoClaims => words![before, " 年，居民医保给您报销过吗？"],
        Answer::Student => "您是大中专学生吗？".to_owned(),
        Answer::ParentInsured => "孩子的爸爸或妈妈参加了本省的基本医保吗？".to_owned(),
    }
}

fn left_on(left: Option<Left>) -> &'static str {
    match left {
        Some(Left::Employee) => "您的职工医保，最后一天保到哪天？",
        Some(Left::Soldier) => "您是哪天退役的？",
        Some(Left::SoldierSpouse) => "您是哪天不再算随军配偶的？",
        Some(Left::ConscriptReturned) => "您是哪天被退回的？",
        Some(Left::Prison) => "您是哪天刑满释放的？",
        Some(Left::CommunityCorrection) => "社区矫正是哪天开始的？",
        Some(Left::WelfareHome) => "福利机构是哪天接收的？",
        Some(Left::None) | None => "这件事是哪天的？",
    }
}

/// One sentence of help.
pub fn hint(answer: Answer, about: About<'_>) -> Option<String> {
    let fixed = match answer {
        Answer::Residence => "以户口本上的地址为准。",
        Answer::OtherPlan => "自己买的商业保险不算。",
        Answer::BirthDate => "身份证、出生证上的日期就是公历（阳历），照着填；腊月、初几是农历，不要填。",
        Answer::Groups => "部门认定过、在名单上的才算；可以勾几项。",
        Answer::RecognisedOn => "填公历日期，证件或通知书上有。有几个身份的，只看通知给资助的，填其中最早的那天。",
        Answer::Left => "一样也没有的，选“都没有”。",
        Answer::LeftOn if about.left == Some(Left::Employee) => "填公历日期。不确定的话，可以问原单位或医保局。",
        Answer::LeftOn => "填公历日期，照证明上写的那天。",
        Answer::EmployeeTwoYears => "正好 2 年也算满。",
        Answer::EmployeeMonths | Answer::EmployeeMonthsLastYear => "一个月也没交，就选 0。",
        Answer::EmployeeGap => "中间断过一个月也算有。",
        Answer::LastYear => return Some(words!["如果 ", about.year - 1, " 年里离开了原来的医保，只看离开之前。"]),
        Answer::MissedYears => return Some(words![about.year - 1, " 年也算一年，最少填 1。"]),
        Answer::NoClaims => "住院、门诊报销都算。",
        Answer::Student => "大学、高职、中专都算。",
        Answer::ParentInsured => "职工医保、居民医保都算；有一方参加就行。",
    };
    Some(fixed.to_owned())
}

/// The question's name in the list of answers.
pub const fn label(answer: Answer) -> &'static str {
    match answer {
        Answer::Residence => "户口和住处",
        Answer::OtherPlan => "别的医保",
        Answer::BirthDate => "出生日期",
        Answer::Groups => "身份",
        Answer::RecognisedOn => "认定日期",
        Answer::Left => "刚离开的情况",
        Answer::LeftOn => "离开的日期",
        Answer::EmployeeTwoYears => "职工医保连续满 2 年",
        Answer::EmployeeMonths => "当年职工医保月数",
        Answer::EmployeeGap => "停保前有没有漏交",
        Answer::EmployeeMonthsLastYear => "上一年职工医保月数",
        Answer::LastYear => "上一年的医保",
        Answer::MissedYears => "连续没参保的年数",
        Answer::NoClaims => "上一年报销过没有",
        Answer::Student => "大中专学生",
        Answer::ParentInsured => "父母参保",
    }
}

/// An answer to [`Answer::Residence`].
pub fn residence(value: Residence, place: &str) -> String {
    match value {
        Residence::Local => words!["户口在", place],
        Residence::Permit => words!["户口在外地，有", place, "的居住证"],
        Residence::Living => words!["户口在外地，长住", place, "，没有居住证"],
        Residence::Away => words!["户口和住处都不在", place],
    }
}

/// An answer to [`Answer::OtherPlan`].
pub const fn other_plan(value: OtherPlan) -> &'static str {
    match value {
        OtherPlan::None => "没有",
        OtherPlan::Employee => "有，正在参加职工医保",
        OtherPlan::ResidentElsewhere => "有，已在外地参加居民医保",
        OtherPlan::Other => "有，国家规定的其他保障",
    }
}

/// An answer to [`Answer::Left`].
pub const fn left(value: Left) -> &'static str {
    match value {
        Left::None => "都没有",
        Left::Employee => "停了职工医保（比如离职）",
        Left::Soldier => "退役军人",
        Left::SoldierSpouse => "随军未就业的军人配偶",
        Left::ConscriptReturned => "征兵时被退回的人员",
        Left::Prison => "刑满释放",
        Left::CommunityCorrection => "正在社区矫正",
        Left::WelfareHome => "孩子被儿童福利机构接收",
    }
}

/// An answer to [`Answer::LastYear`].
pub const fn last_year(value: LastYear) -> &'static str {
    match value {
        LastYear::Resident => "居民医保，没断过",
        LastYear::Employee => "职工医保，没断过",
        LastYear::Other => "国家规定的其他保障（如部队、监狱）",
        LastYear::Partial => "参加过，但这一年里断过",
        LastYear::None => "全年没有，以前有过",
        LastYear::Never => "从来没参加过医保",
    }
}

/// An answer to [`Answer::Student`].
pub fn student(value: Student, place: &str) -> String {
    match value {
        Student::None => "不是".to_owned(),
        Student::NewHere => words!["是，刚考进", place, "的学校"],
        Student::Here => words!["是，在", place, "的学校读书"],
        Student::Away => "是，在外地的学校读书".to_owned(),
    }
}

/// The answers to a yes-no question, yes first.
pub const fn yes_no(answer: Answer) -> [&'static str; 2] {
    match answer {
        Answer::EmployeeTwoYears => ["满了", "没满"],
        Answer::EmployeeGap => ["有", "没有，月月都交了"],
        Answer::NoClaims => ["没报销过", "报销过"],
        Answer::ParentInsured => ["参加了", "都没参加"],
        _ => [super::YES, super::NO],
    }
}

/// What is counted by a number question.
pub const fn unit(answer: Answer) -> &'static str {
    match answer {
        Answer::MissedYears => " 年",
        _ => " 个月",
    }
}
