namespace Fairlead.Conformance.Rules.Rest.Binary.Types;

internal sealed class Uint64() : BinaryTypeRule("rest/binary/types/uint64", TypeSample.UInt64);
