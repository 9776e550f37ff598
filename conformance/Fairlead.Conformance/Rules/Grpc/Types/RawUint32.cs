namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class RawUint32() : RawRule("grpc/types/raw-uint32", TypeSample.UInt32);
