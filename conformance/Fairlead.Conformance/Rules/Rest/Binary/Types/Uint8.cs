namespace Fairlead.Conformance.Rules.Rest.Binary.Types;

internal sealed class Uint8() : BinaryTypeRule("rest/binary/types/uint8", TypeSample.UInt8);
