namespace Fairlead.Conformance.Rules.Rest.Binary.Types;

internal sealed class Fp64() : BinaryTypeRule("rest/binary/types/fp64", TypeSample.Fp64);
