namespace Fairlead.Conformance.Rules.Rest.Types;

internal sealed class Uint32() : JsonTypeRule("rest/types/uint32", TypeSample.UInt32);
