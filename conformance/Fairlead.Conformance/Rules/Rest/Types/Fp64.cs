namespace Fairlead.Conformance.Rules.Rest.Types;

internal sealed class Fp64() : JsonTypeRule("rest/types/fp64", TypeSample.Fp64);
