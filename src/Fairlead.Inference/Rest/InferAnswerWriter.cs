using System.Buffers;
using Fairlead.Domain.Predictions;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

/// <summary>Writes infer answers of the Open Inference Protocol V2 in JSON.</summary>
public static class InferAnswerWriter
{
    private const int PredictionIdLength = 36;

    /// <summary>
    /// Writes <c>model_name</c>, <c>model_version</c>, the request's <c>id</c> if it had one, the parameters <c>prediction_id</c> and
    /// <c>server_group</c>, and the outputs that the request asked for with flat data. Floats that are no finite number are null.
    /// </summary>
    /// <param name="versionUtf8">UTF-8, as the name and the server group; each is escaped here.</param>
    /// <param name="id">Of the request's first row.</param>
    /// <param name="codec">Of the session that answered.</param>
    public static void Write(
        IBufferWriter<byte> target,
        ReadOnlySpan<byte> modelNameUtf8,
        ReadOnlySpan<byte> versionUtf8,
        PredictionId id,
        ReadOnlySpan<byte> serverGroupUtf8,
        InferRequest request,
        InferAnswer answer,
        SignatureCodec codec)
    {
        var json = new JsonOutput(target);
        json.Raw("{\"model_name\":"u8);
        json.String(modelNameUtf8);
        json.Raw(",\"model_version\":"u8);
        json.String(versionUtf8);
        if (!request.Id.IsEmpty)
        {
            json.Raw(",\"id\":"u8);
            json.String(request.Id);
        }

        json.Raw(",\"parameters\":{\"prediction_id\":\""u8);
        id.TryFormat(json.Room(PredictionIdLength), out var written);
        json.Advance(written);
        json.Raw("\",\"server_group\":"u8);
        json.String(serverGroupUtf8);
        json.Raw("},\"outputs\":["u8);
        WriteOutputs(ref json, request.Outputs, answer.OutputBlock, codec);
        json.Raw("]}"u8);
        json.Complete();
    }

    private static void WriteOutputs(ref JsonOutput json, OutputChoice chosen, ReadOnlySpan<byte> block, SignatureCodec codec)
    {
        var first = true;
        for (var i = 0; TensorBlock.TryRead(ref block, out var tensor); i++)
        {
            if (!chosen.Has(i))
                continue;
            if (!first)
                json.Raw((byte)',');
            first = false;
            json.Raw(codec.Outputs[i].AnswerPrefix);
            for (var axis = 0; axis < tensor.Rank; axis++)
            {
                if (axis > 0)
                    json.Raw((byte)',');
                json.Number(tensor.Dimension(axis));
            }

            json.Raw("],\"data\":"u8);
            ElementWriter.Write(ref json, tensor);
            json.Raw((byte)'}');
        }
    }
}
