extension FieldSummaries {
    static let access = #"""
        rbac.v1.AggregationRule.clusterRoleSelectors Labels of ClusterRoles whose rules are added;
         one selector must match.
        rbac.v1.ClusterRole.aggregationRule Makes the rules from those of other ClusterRoles; rules
         of its own are overwritten.
        rbac.v1.ClusterRole.rules What may be done, in every namespace or to objects of the cluster.
        rbac.v1.ClusterRoleBinding.roleRef The ClusterRole that is given; never changes.
        rbac.v1.ClusterRoleBinding.subjects Who gets the rights, everywhere.
        rbac.v1.PolicyRule.apiGroups Groups of the resources; "" is the core group, * is all.
        rbac.v1.PolicyRule.nonResourceURLs Paths such as /healthz or /metrics/*; only in a
         ClusterRole.
        rbac.v1.PolicyRule.resourceNames Names of objects the rule is limited to; all where none are
         given.
        rbac.v1.PolicyRule.resources Resources, such as pods or pods/log; * is all.
        rbac.v1.PolicyRule.verbs What may be done, such as get, list, watch, create; * is all.
        rbac.v1.Role.rules What may be done in the namespace.
        rbac.v1.RoleBinding.roleRef The Role of the namespace, or the ClusterRole, that is given;
         never changes.
        rbac.v1.RoleBinding.subjects Who gets the rights, in this namespace.
        rbac.v1.RoleRef.apiGroup The role's group: rbac.authorization.k8s.io.
        rbac.v1.RoleRef.kind Role or ClusterRole.
        rbac.v1.RoleRef.name The role's name.
        rbac.v1.Subject.apiGroup rbac.authorization.k8s.io for users and groups, empty for
         ServiceAccounts.
        rbac.v1.Subject.kind User, Group or ServiceAccount.
        rbac.v1.Subject.name The name, such as jane or system:masters.
        rbac.v1.Subject.namespace The ServiceAccount's namespace; none for users and groups.
        certificates.v1.CertificateSigningRequestSpec.expirationSeconds Seconds the certificate
         shall be good for; at least 600; the signer decides.
        certificates.v1.CertificateSigningRequestSpec.extra Further facts about who asks; filled in
         by the API server.
        certificates.v1.CertificateSigningRequestSpec.groups Groups of who asks; filled in by the
         API server.
        certificates.v1.CertificateSigningRequestSpec.request The request in PEM, encoded in base64.
        certificates.v1.CertificateSigningRequestSpec.signerName Who shall sign, such as
         kubernetes.io/kube-apiserver-client; never changes.
        certificates.v1.CertificateSigningRequestSpec.uid The uid of who asks; filled in by the API
         server.
        certificates.v1.CertificateSigningRequestSpec.usages What the key is for, such as digital
         signature, client auth.
        certificates.v1.CertificateSigningRequestSpec.username Who asks; filled in by the API
         server.
        certificates.v1.CertificateSigningRequestCondition.type Approved, Denied or Failed.
        certificates.v1.CertificateSigningRequestCondition.status True; for Approved and Denied
         nothing else is allowed.
        certificates.v1.CertificateSigningRequestStatus.certificate The certificate in PEM, encoded
         in base64, once it is signed.
        certificates.v1.CertificateSigningRequestStatus.conditions Whether it is approved, denied or
         has failed.
        """#
}
