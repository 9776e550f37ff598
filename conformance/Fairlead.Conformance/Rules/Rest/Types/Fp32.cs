namespace Fairlead.Conformance.Rules.Rest.Types;

internal sealed class Fp32() : JsonTypeRule("rest/types/fp32", TypeSample.Fp32);
