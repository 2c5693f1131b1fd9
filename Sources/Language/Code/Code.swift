import Support
import Syntax
import Value

/// The code of a session: everything that was compiled so far, in flat tables of plain data.
///
/// The tables only grow. A function's instructions lie together and jump by distances, so they can
/// stand anywhere.
struct Code {
    var instructions: ContiguousArray<Instruction> = []
    /// The place of each instruction, for messages.
    var spans: ContiguousArray<CodeSpan> = []
    var sources: [Source] = []
    var constants: ContiguousArray<Value> = []
    var functions: ContiguousArray<FunctionCode> = []
    var paths: ContiguousArray<PathPlan> = []
    var maps: [MapPlan] = []
    var queries: [QueryPlan] = []
    var matches: [MatchPlan] = []
    var pipelines: [PipelinePlan] = []
    var behaviors: [BehaviorPlan] = []
    var expectations: [ExpectationPlan] = []
    var quantifiers: [QuantifierPlan] = []
    /// Where conditions of `expect` lie, inner ones after outer ones.
    var regions: [ConditionRegion] = []

    func place(at pc: Int) -> Place {
        let span = spans[pc]
        return Place(source: sources[Int(span.source)], span: span.span)
    }
}

/// A span with the index of its source.
struct CodeSpan {
    var source: Int32
    var span: SourceSpan
}

/// A compiled function. Its registers are the parameters, then what it captured, then the rest.
struct FunctionCode {
    var name: String
    var entry: Int
    var parameters: [String]
    /// Parameters without a default.
    var required: Int
    /// Registers of the function around it whose contents it takes along when it is made.
    var captures: [Int]
    var registers: Int
}

/// The keys of a map literal.
struct MapPlan {
    var keys: [Key]
    /// Entries whose key is text in a register: (entry, register).
    var dynamicKeys: [(entry: Int, register: Int)]
}

/// How to follow a path.
struct PathPlan {
    var steps: [PathStep]
    /// The text of the path, for messages (`.spec.replicas`).
    var text: String
    /// What a missing field reads as: 0, false or null.
    var missing: Value
    /// Whether facts about the fields were known, so that a missing field needs no second look.
    var isChecked: Bool
    /// The place of each step.
    var spans: [SourceSpan]
    /// Only asks whether the part is there (`exists`): nothing on the way is an error.
    var isProbe = false
    /// The global whose part is assigned.
    var globalSlot = 0
}

/// One step of a path with its names interned.
enum PathStep {
    case field(Key)
    case index(Int)
    /// An index or a key in a register.
    case register(Int)
    case all
    /// The item whose fields have these texts.
    case select([SelectPlan])
}

/// A requirement of `[name=web]` on an item.
struct SelectPlan {
    var key: TextPlan
    var relation: LabelRequirement.Relation
    var values: [TextPlan]
    /// Value texts that were quoted compare as texts only.
    var areQuoted: Bool
}

/// A text that may have parts in registers.
enum TextPlan {
    case text(String)
    case register(Int)
}

/// A resource literal.
struct QueryPlan {
    /// The kind when it was known at compile time.
    var kind: KindFacts?
    var kindText: TextPlan
    var name: TextPlan?
    var namespace: NamespacePlan
    var requirements: [RequirementPlan]
    /// The query itself when every part was known.
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
    case inserted(register: Int)
}

/// What `matches` knows of its left side.
struct MatchPlan {
    /// The kind and the path of the value in it, when they were known.
    var kind: KindFacts?
    var path: [FactStep]
}

/// A pipeline with its words.
struct PipelinePlan {
    var stages: [StagePlan]
    var isBackground: Bool
    var hasBlock: Bool
    /// Instructions of the block that follows.
    var blockLength: Int
}

struct StagePlan {
    var words: [WordPlan]
    var hasKubectl: Bool
    var redirections: [RedirectionPlan]
    var span: SourceSpan
}

struct WordPlan {
    var pieces: [WordPiecePlan]
    var span: SourceSpan
}

enum WordPiecePlan {
    case text(String)
    /// A value in a register; alone in its word a list gives several words.
    case value(Int)
    /// A value inside quotes: always one word.
    case quoted(Int)
    /// A value inserted as JSON.
    case json(Int)
    /// A value inside a JSON string.
    case jsonText(Int)
    /// The output of a command, split at blanks.
    case output(Int)
}

struct RedirectionPlan {
    enum Target {
        case word(WordPlan)
        case text([WordPiecePlan])
    }
    var descriptor: Int?
    var operation: Redirection.Operator
    var target: Target
}

struct BehaviorPlan {
    var target: [WordPlan]
    var settings: [(name: String, register: Int, span: SourceSpan)]
}

/// What is needed to judge and report an expectation.
struct ExpectationPlan {
    var form: ExpectationFailure.Form
    var place: Place
    /// The condition as written.
    var condition: SourceSpan
    var parts: [PartPlan] = []
    var comparisons: [ComparisonPlan] = []
    /// Registers that parts live in.
    var registers: Range<Int> = 0..<0
    var hasMessage = false
    /// Instructions of the block that follows.
    var blockLength = 0
    var outputRelation: OutputCheck.Relation?
    var isNegated = false
}

/// A part of a condition that a report shows.
struct PartPlan {
    var span: SourceSpan
    var register: Int
}

/// A comparison whose two sides a report can set against each other.
struct ComparisonPlan {
    enum Relation {
        case equal
        /// matches[n]
        case matches(Int)
    }
    var relation: Relation
    var left: Int
    var right: Int
    /// The comparison stands under `not`, so that a difference is no explanation.
    var isNegated: Bool
}

/// `every`, `any` or `none` of a list.
struct QuantifierPlan {
    var quantifier: QuantifiedExpression.Quantifier
    /// Text of the list, for messages.
    var list: SourceSpan
    /// The source that all spans count in.
    var source: Int
    var parts: [PartPlan]
    var comparisons: [ComparisonPlan]
    /// Stands under `not` or `never`: what makes it true is what a report shows.
    var isNegated: Bool
    /// Distance from the deciding instruction to the end of the loop.
    var exit: Int = 0
}

/// The instructions of a condition: an absent object in them is a failure, not an error.
struct ConditionRegion {
    var range: Range<Int>
    var expectation: Int
}
