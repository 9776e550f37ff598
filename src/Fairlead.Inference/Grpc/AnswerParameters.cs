namespace Fairlead.Inference.Grpc;

/// <summary>The parameters of an answer: entries of a map from names to values of type string or bool.</summary>
internal static class AnswerParameters
{
    private const int PredictionIdLength = 36;

    private static ReadOnlySpan<byte> PredictionId => "prediction_id"u8;

    private static ReadOnlySpan<byte> ServerGroup => "server_group"u8;

    private static ReadOnlySpan<byte> FinalResponse => "triton_final_response"u8;

    // Tag and value, a byte each.
    private static int BoolSize => 2;

    public static int Size(in AnswerHead head, bool isStream)
    {
        var size = ProtoOutput.FieldSize(EntrySize(ServerGroup, ProtoOutput.FieldSize(head.ServerGroup.Length)));
        if (head.Prediction is not null)
            size += ProtoOutput.FieldSize(EntrySize(PredictionId, ProtoOutput.FieldSize(PredictionIdLength)));
        if (isStream)
            size += ProtoOutput.FieldSize(EntrySize(FinalResponse, BoolSize));
        return size;
    }

    public static void Write(ref ProtoOutput message, in AnswerHead head, bool isStream)
    {
        if (head.Prediction is { } prediction)
        {
            WriteKey(ref message, PredictionId, ProtoOutput.FieldSize(PredictionIdLength));
            message.Length(ProtoTag.ParameterString, PredictionIdLength);
            prediction.TryFormat(message.Room(PredictionIdLength), out var written);
            message.Advance(written);
        }

        WriteKey(ref message, ServerGroup, ProtoOutput.FieldSize(head.ServerGroup.Length));
        message.Bytes(ProtoTag.ParameterString, head.ServerGroup);
        if (isStream)
        {
            WriteKey(ref message, FinalResponse, BoolSize);
            message.Varint(ProtoTag.ParameterBool);
            message.Varint(1);
        }
    }

    private static int EntrySize(ReadOnlySpan<byte> key, int valueSize) => ProtoOutput.FieldSize(key.Length) + ProtoOutput.FieldSize(valueSize);

    private static void WriteKey(ref ProtoOutput message, scoped ReadOnlySpan<byte> key, int valueSize)
    {
        message.Length(ProtoTag.AnswerParameters, EntrySize(key, valueSize));
        message.Bytes(ProtoTag.EntryKey, key);
        message.Length(ProtoTag.EntryValue, valueSize);
    }
}
