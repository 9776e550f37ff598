namespace Fairlead.Conformance.Rules.Rest.Binary.Types;

internal sealed class Int32() : BinaryTypeRule("rest/binary/types/int32", TypeSample.Int32);
