namespace Fairlead.Conformance.Rules.Rest.Binary.Types;

internal sealed class Uint32() : BinaryTypeRule("rest/binary/types/uint32", TypeSample.UInt32);
