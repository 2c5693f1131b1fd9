import API
import Value

/// What a world went through, from some instant on: what pictures are drawn from.
package struct History: Sendable {
    /// An object, with the name of its kind as one types it ("pod").
    package struct Item: Sendable {
        package let kind: String
        package let value: Value

        package init(kind: String, value: Value) {
            self.kind = kind
            self.value = value
        }
    }

    /// A committed write, with the name of the object's kind as one types it.
    package struct Write: Sendable {
        package let kind: String
        package let record: WriteRecord

        package init(kind: String, record: WriteRecord) {
            self.kind = kind
            self.record = record
        }
    }

    /// Since when everything is known.
    package let start: Milliseconds
    /// The instant that the picture ends with.
    package let end: Milliseconds
    /// The writes in between, oldest first.
    package let writes: [Write]
    /// The objects at the end.
    package let objects: [Item]
    /// What was asked and expected in between, oldest first.
    package let marks: [Mark]

    package init(
        start: Milliseconds, end: Milliseconds, writes: [Write], objects: [Item], marks: [Mark]
    ) {
        self.start = start
        self.end = end
        self.writes = writes
        self.objects = objects
        self.marks = marks
    }
}
