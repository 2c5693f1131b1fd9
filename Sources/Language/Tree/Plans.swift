import Support
import Syntax
import Value

/// A function: its frame begins with the parameters, then what it took along, then the rest.
struct Function {
    var name: String
    var parameters: [String]
    /// Slots of the function around it whose contents it takes along when it is made.
    var captures: [Slot]
}

/// What a call needs to know of a function.
struct FunctionEntry {
    /// A statement, or the expression whose value is the result.
    var body: NodeIndex
    var slots: UInt32
    var parameters: UInt16
    /// Parameters without a default.
    var required: UInt16
}

/// The keys of a map literal.
struct MapPlan {
    enum EntryKey {
        case known(Key)
        /// An expression that gives its text.
        case computed(NodeIndex)
    }
    var keys: [EntryKey]
    var values: NodeList
}

// MARK: - Paths

/// How to follow a path.
struct PathPlan {
    var steps: [PathStep]
    /// What a missing field reads as: 0, false or null.
    var missing: Value
    /// Whether facts about the fields were known, so that a missing field needs no second look.
    var isChecked: Bool
    /// Only asks whether the part is there (`exists`): nothing on the way is an error.
    var isProbe = false
    /// Whether nothing in the steps has to be computed.
    var isFixed = true
    /// The path in the text, parentheses around it not counted.
    var span: NodeSpan
}

/// One step of a path with its names interned.
enum PathStep {
    case field(Key)
    case index(Int)
    /// An expression that gives an index or a key.
    case computed(NodeIndex)
    case all
    /// The item whose fields have these texts.
    case select([SelectPlan])
    /// What was computed is neither an index nor a key.
    case unusable(Value)
}

extension PathStep {
    /// Whether nothing in it has to be computed.
    var isFixed: Bool {
        switch self {
        case .field, .index, .all, .unusable: true
        case .computed: false
        case .select(let requirements):
            requirements.allSatisfy { $0.key.isKnown && $0.values.allSatisfy(\.isKnown) }
        }
    }
}

/// A requirement of `[name=web]` on an item.
struct SelectPlan {
    var key: TextPlan
    var relation: LabelRequirement.Relation
    var values: [TextPlan]
}

/// A text that may have to be put together.
enum TextPlan {
    case known(String)
    case computed(NodeIndex)

    var isKnown: Bool {
        if case .known = self { true } else { false }
    }
}

/// `x.a.b == "text"`
struct FieldTest {
    /// The value whose field is looked at.
    var root: NodeIndex
    var path: Row<PathPlan>
    var text: Row<String>
    /// Where the field's value is kept when a report is wanted; nil where none is.
    var noted: Slot?
}

/// A part of a variable that is assigned.
struct PartPlan {
    var variable: Variable
    var path: Row<PathPlan>
}

// MARK: - Resources

/// A resource literal.
struct QueryPlan {
    /// The kind when its name is known before a run.
    var kind: KindFacts?
    var kindText: TextPlan
    var name: TextPlan?
    var namespace: NamespacePlan
    var requirements: [RequirementPlan]
    /// The query itself when every part is known.
    var fixed: ResourceQuery?
}

enum NamespacePlan {
    case current
    case named(TextPlan)
    case all
}

enum RequirementPlan {
    case requirement(key: TextPlan, LabelRequirement.Relation, [TextPlan])
    /// `[${e}]`: selector text.
    case inserted(NodeIndex)
}

/// What `matches` knows of its left side.
struct MatchPlan {
    /// The kind and the path of the value in it, when they are known.
    var kind: KindFacts?
    var path: [FactStep]
}

// MARK: - Behaviour

struct BehaviorPlan {
    var target: [WordPlan]
    var settings: [(name: String, value: NodeIndex, span: SourceSpan)]
}

// MARK: - Cleaning up

/// A scenario with its `finally`.
struct GuardPlan {
    var body: NodeIndex
    var cleanup: NodeIndex
    /// The slots of the variables that both know.
    var firstSlot: UInt32
    var endOfSlots: UInt32
}

// MARK: - Expectations

/// What is needed to report an expectation.
struct ExpectationPlan {
    var form: ExpectationFailure.Form
    var place: Place
    /// The condition as written.
    var condition: SourceSpan
    /// The message of the script, or the text that `expect fails` asks for.
    var message: NodeIndex?
    var report = ReportPlan()
    var outputRelation = OutputCheck.Relation.equals
    var isNegated = false
    /// `expect soft`
    var isSoft = false
    /// The conditions of `expect order`: their closures, and where they stand.
    var steps: [(closure: NodeIndex, span: SourceSpan)] = []
}

/// What a report about a condition shows.
struct ReportPlan {
    var parts: [PartOfReport] = []
    var comparisons: [ComparisonPlan] = []
    /// The slots that the parts are kept in.
    var firstSlot: UInt32 = 0
    var endOfSlots: UInt32 = 0
}

/// A part of a condition that a report shows.
struct PartOfReport {
    var span: SourceSpan
    var slot: Slot
}

/// A comparison whose two sides a report can set against each other.
struct ComparisonPlan {
    enum Relation {
        case equal
        case matches(Row<MatchPlan>)
    }
    var relation: Relation
    var left: Slot
    var right: Slot
    /// The comparison stands under `not`, so that a difference is no explanation.
    var isNegated: Bool
}

/// `every`, `any` or `none` of a list.
struct QuantifierPlan {
    var quantifier: QuantifiedExpression.Quantifier
    var list: NodeIndex
    var item: Slot
    var condition: NodeIndex
    /// What a report shows of each item.
    var report: ReportPlan
    /// Stands under `not` or `never`: what makes it true is what a report shows.
    var isNegated: Bool
}
