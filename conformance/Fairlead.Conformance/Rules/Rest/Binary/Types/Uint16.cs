namespace Fairlead.Conformance.Rules.Rest.Binary.Types;

internal sealed class Uint16() : BinaryTypeRule("rest/binary/types/uint16", TypeSample.UInt16);
