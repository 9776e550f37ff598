namespace Fairlead.Conformance.Rules.Rest.Types;

internal sealed class Uint64() : JsonTypeRule("rest/types/uint64", TypeSample.UInt64);
