namespace Fairlead.Conformance.Rules.Rest.Types;

internal sealed class Uint8() : JsonTypeRule("rest/types/uint8", TypeSample.UInt8);
