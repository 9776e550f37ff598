namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class RawUint8() : RawRule("grpc/types/raw-uint8", TypeSample.UInt8);
