namespace Fairlead.Inference.Grpc;

/// <summary>How a field's value is laid out on the wire.</summary>
internal enum ProtoWire
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    StartGroup = 3,
    EndGroup = 4,
    Fixed32 = 5,
}
