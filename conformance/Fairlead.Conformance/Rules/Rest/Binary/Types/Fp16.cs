namespace Fairlead.Conformance.Rules.Rest.Binary.Types;

internal sealed class Fp16() : BinaryTypeRule("rest/binary/types/fp16", TypeSample.Fp16);
