namespace Fairlead.Conformance.Rules.Rest.Binary.Types;

internal sealed class Fp32() : BinaryTypeRule("rest/binary/types/fp32", TypeSample.Fp32);
