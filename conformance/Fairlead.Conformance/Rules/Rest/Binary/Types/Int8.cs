namespace Fairlead.Conformance.Rules.Rest.Binary.Types;

internal sealed class Int8() : BinaryTypeRule("rest/binary/types/int8", TypeSample.Int8);
