namespace Fairlead.Conformance.Rules.Rest.Types;

internal sealed class Uint16() : JsonTypeRule("rest/types/uint16", TypeSample.UInt16);
