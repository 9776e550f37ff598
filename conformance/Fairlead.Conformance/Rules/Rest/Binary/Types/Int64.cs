namespace Fairlead.Conformance.Rules.Rest.Binary.Types;

internal sealed class Int64() : BinaryTypeRule("rest/binary/types/int64", TypeSample.Int64);
