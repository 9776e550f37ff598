namespace Fairlead.Conformance.Rules.Rest.Binary.Types;

internal sealed class Bf16() : BinaryTypeRule("rest/binary/types/bf16", TypeSample.Bf16);
