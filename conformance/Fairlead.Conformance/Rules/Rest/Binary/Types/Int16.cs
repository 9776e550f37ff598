namespace Fairlead.Conformance.Rules.Rest.Binary.Types;

internal sealed class Int16() : BinaryTypeRule("rest/binary/types/int16", TypeSample.Int16);
