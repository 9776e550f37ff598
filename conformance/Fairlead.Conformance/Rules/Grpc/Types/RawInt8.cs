namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class RawInt8() : RawRule("grpc/types/raw-int8", TypeSample.Int8);
