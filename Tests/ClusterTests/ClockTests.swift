import API
import Support
import Testing
import Value

@testable import Cluster

@Suite("the clock")
struct ClockTests {
    private let component = ComponentID(index: 0)

    private func codes(_ clock: Clock, until limit: Milliseconds) -> [Int32] {
        var result: [Int32] = []
        while let event = clock.next(until: limit) { result.append(event.code) }
        return result
    }

    @Test("events come by time, then in the order of scheduling")
    func order() {
        let clock = Clock()
        for (code, instant) in [(1, 30), (2, 10), (3, 30), (4, 20), (5, 10)] {
            clock.schedule(component, code: Int32(code), at: Int64(instant))
        }
        #expect(codes(clock, until: 25) == [2, 5, 4])
        #expect(clock.now == 20)
        #expect(codes(clock, until: 100) == [1, 3])
    }

    @Test("an event scheduled for the present or the past comes at once, after those due now")
    func present() {
        let clock = Clock()
        clock.schedule(component, code: 1, at: 10)
        clock.schedule(component, code: 2, at: 10)
        #expect(clock.next(until: 10)?.code == 1)
        clock.schedule(component, code: 3, at: 5)
        #expect(codes(clock, until: 10) == [2, 3])
        clock.schedule(component, code: 4, at: 10)
        #expect(codes(clock, until: 10) == [4])
        #expect(clock.now == 10)
    }

    @Test("a cancelled event never comes, and its ticket is stale")
    func cancel() {
        let clock = Clock()
        let first = clock.scheduleTimer(component, code: 1, at: 10)
        let second = clock.scheduleTimer(component, code: 2, at: 20)
        #expect(clock.cancel(first))
        #expect(!clock.cancel(first))
        #expect(!clock.isPending(first) && clock.isPending(second))
        #expect(clock.nextInstant == 20)
        #expect(codes(clock, until: 100) == [2])
        #expect(!clock.cancel(second))
        #expect(!clock.cancel(.none))
    }

    @Test("whatever is scheduled and cancelled, events come as from a sorted list")
    func cancellations() {
        var random = RandomStream(seed: 11)
        let clock = Clock()
        var model: [(instant: Int64, order: Int, isWork: Bool)] = []
        var timers: [(timer: Timer, order: Int)] = []
        for order in 0..<5_000 {
            switch random.below(4) {
            case 0, 1:
                let instant = clock.now + Int64(random.below(20))
                let weight: EventWeight = random.below(2) == 0 ? .work : .tick
                let timer = clock.scheduleTimer(
                    component, code: Int32(order), at: instant, weight: weight)
                timers.append((timer, order))
                model.append((instant, order, weight == .work))
            case 2 where !timers.isEmpty:
                let gone = timers.remove(at: random.below(timers.count))
                let place = model.firstIndex { $0.order == gone.order }
                #expect(clock.cancel(gone.timer) == (place != nil))
                if let place { model.remove(at: place) }
            default:
                let next = model.min { ($0.instant, $0.order) < ($1.instant, $1.order) }
                #expect(clock.nextInstant == next?.instant)
                #expect(
                    clock.nextWorkInstant
                        == model.filter(\.isWork).min { $0.instant < $1.instant }?.instant)
                #expect(clock.next(until: .max)?.code == next.map { Int32($0.order) })
                model.removeAll { $0.order == next?.order }
            }
            #expect(clock.pendingCount == model.count)
        }
    }

    @Test("timers that are set far ahead and cancelled leave no trail")
    func trail() {
        let clock = Clock()
        clock.schedule(component, code: 1, at: 1_000_000)
        for number in 0..<50_000 {
            let far = clock.scheduleTimer(component, code: 2, at: 2_000_000 + Int64(number))
            let same = clock.scheduleTimer(component, code: 3, at: 1_000_000)
            clock.cancel(far)
            clock.cancel(same)
        }
        #expect(clock.rememberedInstants < 3_000)
        #expect(codes(clock, until: .max) == [1])
    }

    @Test("ticks are no work")
    func weights() {
        let clock = Clock()
        clock.schedule(component, code: 1, at: 10, weight: .tick)
        #expect(clock.nextInstant == 10 && clock.nextWorkInstant == nil)
        let timer = clock.scheduleTimer(component, code: 2, at: 30)
        #expect(clock.nextWorkInstant == 30)
        clock.cancel(timer)
        #expect(clock.nextWorkInstant == nil)
        clock.schedule(component, code: 3, at: 30)
        #expect(clock.nextWorkInstant == 30)
        #expect(codes(clock, until: 40) == [1, 3])
        #expect(clock.nextWorkInstant == nil && clock.pendingCount == 0)
    }

    @Test("a thousand random schedules come out as a stable sort")
    func model() {
        let clock = Clock()
        var random = UInt64(7)
        var expected: [(instant: Int64, code: Int32)] = []
        for code in 0..<1000 {
            random = random &* 6_364_136_223_846_793_005 &+ 1
            let instant = Int64(random >> 33) % 50
            if code % 7 == 0 {
                clock.cancel(clock.scheduleTimer(component, code: Int32(code), at: instant))
            } else {
                clock.schedule(component, code: Int32(code), at: instant)
                expected.append((instant, Int32(code)))
            }
        }
        let sorted = expected.enumerated().sorted {
            ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset)
        }
        #expect(codes(clock, until: 1000) == sorted.map(\.element.code))
    }

    @Test("an endless loop at one instant ends in an error that names the component")
    func runaway() {
        final class Loop: Component {
            override func start() { schedule(after: 5, code: 0) }
            override func handle(_ event: Event) { schedule(after: 0, code: 0) }
        }
        var options = ClusterOptions()
        options.limits.eventsPerInstant = 100
        let cluster = SimulatedCluster(bare: options)
        cluster.add(Loop(name: "loop"), to: cluster.addProcess("p"))
        #expect(
            throws: ClusterError.tooManyEvents(instant: 5, limit: 100, component: "loop")
        ) { try cluster.run(until: 10) }
    }
}
