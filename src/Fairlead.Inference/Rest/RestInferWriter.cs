using System.Buffers;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

/// <summary>Writes infer answers of the Open Inference Protocol V2 in JSON, with its binary tensor data extension.</summary>
public static class RestInferWriter
{
    private const int PredictionIdLength = 36;

    /// <summary>
    /// Writes <c>model_name</c>, <c>model_version</c>, the request's <c>id</c> if it had one, the parameters <c>prediction_id</c> and
    /// <c>server_group</c>, and the outputs that the request asked for, each as flat data or after the JSON in its raw form, as the
    /// request has it. In JSON, floats that are no finite number are null, and FP16 and BF16, for which the protocol has no form there,
    /// are the numbers that FP32 writes.
    /// </summary>
    /// <param name="request">That was answered.</param>
    /// <param name="codec">Of the session that answered.</param>
    /// <returns>The JSON's length when tensors follow it, for the header <see cref="InferenceHeader"/>; null when the answer is all JSON.</returns>
    /// <exception cref="Domain.Problems.FairleadException">Invalid: an output has too many elements for classes.</exception>
    public static int? Write(IBufferWriter<byte> target, in AnswerHead head, InferRequest request, InferAnswer answer, SignatureCodec codec)
    {
        TopClasses.Prepare(request, answer, codec);
        var json = new JsonOutput(target);
        WriteHead(ref json, head, request);
        var hasBinary = WriteOutputs(ref json, new AnswerTensors(request, answer, codec));
        json.Raw("]}"u8);
        json.Complete();
        if (!hasBinary)
            return null;
        WriteBinary(target, new AnswerTensors(request, answer, codec));
        return json.Length;
    }

    private static void WriteHead(ref JsonOutput json, in AnswerHead head, InferRequest request)
    {
        json.Raw("{\"model_name\":"u8);
        json.String(head.Model);
        json.Raw(",\"model_version\":"u8);
        json.String(head.Version);
        if (!request.Id.IsEmpty)
        {
            json.Raw(",\"id\":"u8);
            json.String(request.Id);
        }

        json.Raw(",\"parameters\":{"u8);
        if (head.Prediction is { } prediction)
        {
            json.Raw("\"prediction_id\":\""u8);
            prediction.TryFormat(json.Room(PredictionIdLength), out var written);
            json.Advance(written);
            json.Raw("\","u8);
        }

        json.Raw("\"server_group\":"u8);
        json.String(head.ServerGroup);
        json.Raw("},\"outputs\":["u8);
    }

    /// <summary>True when some tensor is to follow the JSON.</summary>
    private static bool WriteOutputs(ref JsonOutput json, AnswerTensors tensors)
    {
        var hasBinary = false;
        for (var first = true; tensors.Next(); first = false)
        {
            if (!first)
                json.Raw((byte)',');
            json.Raw(tensors.IsClasses ? tensors.Codec.JsonClasses : tensors.Codec.Json);
            for (var axis = 0; axis < tensors.Tensor.Rank; axis++)
            {
                if (axis > 0)
                    json.Raw((byte)',');
                json.Number(tensors.Tensor.Dimension(axis));
            }

            if (tensors.IsBinary)
            {
                hasBinary = true;
                json.Raw("],\"parameters\":{\"binary_data_size\":"u8);
                json.Number(tensors.Tensor.Data.Length);
                json.Raw("}}"u8);
            }
            else
            {
                json.Raw("],\"data\":"u8);
                ElementWriter.Write(ref json, tensors.Tensor);
                json.Raw((byte)'}');
            }
        }

        return hasBinary;
    }

    private static void WriteBinary(IBufferWriter<byte> target, AnswerTensors tensors)
    {
        while (tensors.Next())
        {
            if (tensors.IsBinary)
                target.Write(tensors.Tensor.Data);
        }
    }
}
