namespace Fairlead.Inference.Grpc;

/// <summary>
/// The fields of the protocol's messages that are read and written here, each as its number and wire type. A known number with another
/// wire type is an unknown field and is passed over, as everywhere in protobuf.
/// </summary>
internal static class ProtoTag
{
    public const uint RequestModelName = (1 << 3) | (uint)ProtoWire.Bytes;
    public const uint RequestModelVersion = (2 << 3) | (uint)ProtoWire.Bytes;
    public const uint RequestId = (3 << 3) | (uint)ProtoWire.Bytes;
    public const uint RequestParameters = (4 << 3) | (uint)ProtoWire.Bytes;
    public const uint RequestInputs = (5 << 3) | (uint)ProtoWire.Bytes;
    public const uint RequestOutputs = (6 << 3) | (uint)ProtoWire.Bytes;
    public const uint RequestRawInputs = (7 << 3) | (uint)ProtoWire.Bytes;

    public const uint TensorName = (1 << 3) | (uint)ProtoWire.Bytes;
    public const uint TensorDatatype = (2 << 3) | (uint)ProtoWire.Bytes;
    public const uint TensorShape = (3 << 3) | (uint)ProtoWire.Varint;
    public const uint TensorShapePacked = (3 << 3) | (uint)ProtoWire.Bytes;
    public const uint TensorParameters = (4 << 3) | (uint)ProtoWire.Bytes;
    public const uint TensorContents = (5 << 3) | (uint)ProtoWire.Bytes;

    public const uint OutputName = (1 << 3) | (uint)ProtoWire.Bytes;
    public const uint OutputParameters = (2 << 3) | (uint)ProtoWire.Bytes;

    public const uint EntryKey = (1 << 3) | (uint)ProtoWire.Bytes;
    public const uint EntryValue = (2 << 3) | (uint)ProtoWire.Bytes;

    public const uint ParameterBool = (1 << 3) | (uint)ProtoWire.Varint;
    public const uint ParameterInt64 = (2 << 3) | (uint)ProtoWire.Varint;
    public const uint ParameterString = (3 << 3) | (uint)ProtoWire.Bytes;
    public const uint ParameterDouble = (4 << 3) | (uint)ProtoWire.Fixed64;
    public const uint ParameterUInt64 = (5 << 3) | (uint)ProtoWire.Varint;

    public const uint AnswerModelName = (1 << 3) | (uint)ProtoWire.Bytes;
    public const uint AnswerModelVersion = (2 << 3) | (uint)ProtoWire.Bytes;
    public const uint AnswerId = (3 << 3) | (uint)ProtoWire.Bytes;
    public const uint AnswerParameters = (4 << 3) | (uint)ProtoWire.Bytes;
    public const uint AnswerOutputs = (5 << 3) | (uint)ProtoWire.Bytes;
    public const uint AnswerRawOutputs = (6 << 3) | (uint)ProtoWire.Bytes;

    public const uint StreamError = (1 << 3) | (uint)ProtoWire.Bytes;
    public const uint StreamAnswer = (2 << 3) | (uint)ProtoWire.Bytes;
}
