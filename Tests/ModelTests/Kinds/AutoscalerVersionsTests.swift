import Support
import Testing
import Value

@testable import Model

/// Autoscalers as autoscaling/v1 has them.
@Suite struct AutoscalerVersionsTests {
    private static func object(_ spec: String) throws -> Value {
        try JSON.parse(
            #"{"apiVersion":"autoscaling/v1","metadata":{"name":"web"},"#
                + #""spec":{"maxReplicas":5,"scaleTargetRef":{"kind":"Deployment","name":"web"},\#(spec)}}"#
        )
    }

    private static func metrics(_ object: Value) -> String {
        JSON.text(AutoscalerVersions.toV2(object)[.spec][.metrics], style: .canonical)
    }

    @Test func `the target for processors becomes a metric, 80 percent where there is none`() throws
    {
        let some = try Self.object(#""targetCPUUtilizationPercentage":60"#)
        #expect(
            Self.metrics(some)
                == #"[{"resource":{"name":"cpu","target":{"averageUtilization":60,"type":"Utilization"}},"type":"Resource"}]"#
        )
        #expect(AutoscalerVersions.toV2(some)[.spec]["targetCPUUtilizationPercentage"].isNull)
        #expect(try Self.metrics(Self.object(#""minReplicas":1"#)).contains("80"))
    }

    private static let text =
        #"""
        {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler",
         "metadata":{"name":"web","annotations":{"a":"b"}},
         "spec":{"maxReplicas":5,"minReplicas":1,"scaleTargetRef":{"kind":"Deployment","name":"web"},
          "behavior":{"scaleDown":{"policies":[{"periodSeconds":15,"type":"Percent","value":50}],"selectPolicy":"Max"}},
          "metrics":[
           {"pods":{"metric":{"name":"rps"},"target":{"averageValue":"10","type":"AverageValue"}},"type":"Pods"},
           {"object":{"describedObject":{"kind":"Ingress","name":"i"},"metric":{"name":"hits"},
             "target":{"type":"Value","value":"5"}},"type":"Object"},
           {"external":{"metric":{"name":"q"},"target":{"averageValue":"3","type":"AverageValue"}},"type":"External"},
           {"resource":{"name":"memory","target":{"averageValue":"1Gi","type":"AverageValue"}},"type":"Resource"},
           {"resource":{"name":"cpu","target":{"averageUtilization":70,"type":"Utilization"}},"type":"Resource"}]},
         "status":{"currentReplicas":2,"desiredReplicas":2,
          "currentMetrics":[{"resource":{"current":{"averageUtilization":50,"averageValue":"5m"},"name":"cpu"},"type":"Resource"}],
          "conditions":[{"lastTransitionTime":"2025-01-01T00:00:00Z","message":"m","reason":"R","status":"True","type":"AbleToScale"}]}}
        """#

    @Test func `what the older version has no field for stands in annotations`() throws {
        let older = AutoscalerVersions.toV1(try JSON.parse(Self.text))
        #expect(older[.spec]["targetCPUUtilizationPercentage"] == 70)
        #expect(older[.status][.currentCPUUtilizationPercentage] == 50)
        #expect(older[.spec][.metrics].isNull && older[.spec][.behavior].isNull)
        #expect(older[.status][.conditions].isNull)
        let annotations = older[.metadata][.annotations]
        #expect(annotations["a"] == "b")
        #expect(
            annotations["autoscaling.alpha.kubernetes.io/metrics"].string
                == #"[{"type":"Pods","pods":{"metricName":"rps","targetAverageValue":"10"}},"#
                + #"{"type":"Object","object":{"target":{"kind":"Ingress","name":"i"},"metricName":"hits","targetValue":"5"}},"#
                + #"{"type":"External","external":{"metricName":"q","targetAverageValue":"3"}},"#
                + #"{"type":"Resource","resource":{"name":"memory","targetAverageValue":"1Gi"}}]"#)
        #expect(
            annotations["autoscaling.alpha.kubernetes.io/behavior"].string
                == #"{"ScaleDown":{"Policies":[{"PeriodSeconds":15,"Type":"Percent","Value":50}],"SelectPolicy":"Max"}}"#
        )
        #expect(
            annotations["autoscaling.alpha.kubernetes.io/conditions"].string
                == #"[{"type":"AbleToScale","status":"True","lastTransitionTime":"2025-01-01T00:00:00Z","reason":"R","message":"m"}]"#
        )
    }

    @Test func `there and back nothing is lost`() throws {
        let newer = try JSON.parse(Self.text)
        var older = AutoscalerVersions.toV1(newer)
        older[.apiVersion] = "autoscaling/v1"
        var back = AutoscalerVersions.toV2(older)
        back[.apiVersion] = "autoscaling/v2"
        #expect(
            JSON.text(back, style: .canonical) == JSON.text(newer, style: .canonical))
    }
}
