namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class RawUint64() : RawRule("grpc/types/raw-uint64", TypeSample.UInt64);
