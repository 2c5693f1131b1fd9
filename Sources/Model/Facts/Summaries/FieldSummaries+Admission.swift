extension FieldSummaries {
    static let admission = #"""
        admissionregistration.v1.ApplyConfiguration.expression A CEL expression that gives what is
         applied, such as Object{spec: …}.
        admissionregistration.v1.AuditAnnotation.key The annotation's name, unique in the policy.
        admissionregistration.v1.AuditAnnotation.valueExpression A CEL expression for its text; null
         for no annotation.
        admissionregistration.v1.ExpressionWarning.fieldRef The field with the expression, such as
         spec.validations[0].expression.
        admissionregistration.v1.ExpressionWarning.warning What type checking found.
        admissionregistration.v1.JSONPatch.expression A CEL expression that gives a list of
         JSONPatch operations.
        admissionregistration.v1.MatchCondition.expression A CEL expression that must be true for
         the request to be looked at.
        admissionregistration.v1.MatchCondition.name The condition's name, unique here.
        admissionregistration.v1.MatchResources.excludeResourceRules Requests that are left alone
         though resourceRules match.
        admissionregistration.v1.MatchResources.matchPolicy Whether other versions of a resource
         match, too (Equivalent, as where none is given).
        admissionregistration.v1.MatchResources.namespaceSelector Namespaces of the objects by
         label; all where none is given.
        admissionregistration.v1.MatchResources.objectSelector Labels of the object, old or new; any
         where none is given.
        admissionregistration.v1.MatchResources.resourceRules Requests that are looked at.
        admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec.matchResources Requests that
         the policy is used for here, among those it matches.
        admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec.paramRef The object with the
         policy's parameters.
        admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec.policyName The policy.
        admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec.validationActions What a
         failure means: Deny, Warn or Audit; not Deny and Warn together.
        admissionregistration.v1.ValidatingAdmissionPolicySpec.auditAnnotations Annotations for the
         audit log.
        admissionregistration.v1.ValidatingAdmissionPolicySpec.failurePolicy What an error or bad
         configuration means; Fail where none is given.
        admissionregistration.v1.ValidatingAdmissionPolicySpec.matchConditions Further conditions on
         requests, in CEL; all must hold; at most 64.
        admissionregistration.v1.ValidatingAdmissionPolicySpec.matchConstraints Requests that the
         policy is for.
        admissionregistration.v1.ValidatingAdmissionPolicySpec.paramKind The kind of the parameters,
         which expressions know as params.
        admissionregistration.v1.ValidatingAdmissionPolicySpec.validations Expressions that must be
         true for the request to pass.
        admissionregistration.v1.ValidatingAdmissionPolicySpec.variables Expressions with a name,
         known to later ones as variables.NAME.
        admissionregistration.v1.MutatingAdmissionPolicySpec.mutations Changes, in this order.
        admissionregistration.v1.MutatingAdmissionPolicySpec.reinvocationPolicy Whether the policy
         runs again when a later one has changed the object.
        admissionregistration.v1.MutatingAdmissionPolicyBindingSpec.policyName The policy.
        admissionregistration.v1.ValidatingAdmissionPolicyStatus.conditions What controllers have to
         say of the policy.
        admissionregistration.v1.ValidatingAdmissionPolicyStatus.observedGeneration The generation
         that was checked.
        admissionregistration.v1.ValidatingAdmissionPolicyStatus.typeChecking What type checking
         found; warnings only.
        admissionregistration.v1.TypeChecking.expressionWarnings One warning for each expression in
         doubt.
        admissionregistration.v1.Mutation.applyConfiguration A change in the manner of server-side
         apply.
        admissionregistration.v1.Mutation.jsonPatch A change as a list of JSONPatch operations.
        admissionregistration.v1.Mutation.patchType Which of the fields is used.
        admissionregistration.v1.RuleWithOperations.apiGroups Groups of the resources; "" is the
         core group, * is all.
        admissionregistration.v1.RuleWithOperations.apiVersions Versions of the resources; * is all.
        admissionregistration.v1.RuleWithOperations.operations CREATE, UPDATE, DELETE, CONNECT, or *
         for all.
        admissionregistration.v1.RuleWithOperations.resources Resources, such as pods, pods/status
         or pods/*; * is all but subresources.
        admissionregistration.v1.RuleWithOperations.scope Cluster, Namespaced or *, which it is
         where none is given.
        admissionregistration.v1.NamedRuleWithOperations.resourceNames Names of objects the rule is
         limited to; all where none are given.
        admissionregistration.v1.ParamKind.apiVersion Group and version of the parameters' kind.
        admissionregistration.v1.ParamKind.kind The parameters' kind, such as ConfigMap.
        admissionregistration.v1.ParamRef.name The parameters' name; not together with selector.
        admissionregistration.v1.ParamRef.namespace The parameters' namespace; that of the request's
         object where none is given.
        admissionregistration.v1.ParamRef.parameterNotFoundAction What missing parameters mean:
         Allow, or Deny, as failurePolicy has it.
        admissionregistration.v1.ParamRef.selector Parameters by label; the policy is used once for
         each.
        admissionregistration.v1.Validation.expression A CEL expression over object, oldObject,
         request, params; false refuses the request.
        admissionregistration.v1.Validation.message What is said of a refusal; the expression where
         none is given.
        admissionregistration.v1.Validation.messageExpression A CEL expression that makes the
         message; it comes before message.
        admissionregistration.v1.Validation.reason The kind of refusal, such as Forbidden; Invalid
         where none is given.
        admissionregistration.v1.Variable.expression A CEL expression.
        admissionregistration.v1.Variable.name Its name; expressions say variables.NAME.
        admissionregistration.v1.ServiceReference.name The Service's name.
        admissionregistration.v1.ServiceReference.namespace The Service's namespace.
        admissionregistration.v1.ServiceReference.path The path of the request.
        admissionregistration.v1.ServiceReference.port The Service's port; 443 where none is given.
        admissionregistration.v1.WebhookClientConfig.caBundle Certificates, in base64, that the
         server's is checked with; the system's where none are given.
        admissionregistration.v1.WebhookClientConfig.service The Service that answers; not together
         with url.
        admissionregistration.v1.WebhookClientConfig.url The address, such as
         https://hooks.example.com/check; not together with service.
        admissionregistration.v1.ValidatingWebhook.admissionReviewVersions Versions of
         AdmissionReview that it understands, best first, such as [v1].
        admissionregistration.v1.ValidatingWebhook.clientConfig Where it is reached.
        admissionregistration.v1.ValidatingWebhook.failurePolicy What no answer means; Fail where
         none is given.
        admissionregistration.v1.ValidatingWebhook.matchConditions Further conditions on requests,
         in CEL; all must hold; at most 64.
        admissionregistration.v1.ValidatingWebhook.matchPolicy Whether other versions of a resource
         match, too (Equivalent, as where none is given).
        admissionregistration.v1.ValidatingWebhook.name The full name, such as
         image-policy.example.com.
        admissionregistration.v1.ValidatingWebhook.namespaceSelector Namespaces of the objects by
         label; all where none is given.
        admissionregistration.v1.ValidatingWebhook.objectSelector Labels of the object, old or new;
         any where none is given.
        admissionregistration.v1.ValidatingWebhook.rules Requests that it is asked about.
        admissionregistration.v1.ValidatingWebhook.sideEffects What else it does; None or
         NoneOnDryRun in v1.
        admissionregistration.v1.ValidatingWebhook.timeoutSeconds Seconds until no answer counts,
         from 1 to 30; 10 where none is given.
        admissionregistration.v1.MutatingWebhook.reinvocationPolicy Whether it is asked again when a
         later one has changed the object; Never where none.
        admissionregistration.v1.MutatingWebhookConfiguration.webhooks Webhooks that may change
         objects.
        admissionregistration.v1.ValidatingWebhookConfiguration.webhooks Webhooks that may refuse
         requests.
        """#
}
