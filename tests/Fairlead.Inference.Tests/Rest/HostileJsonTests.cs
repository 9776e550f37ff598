using System.Buffers;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Rest;
using Fairlead.Inference.Tests.OnnxModels;
using Fairlead.Testing;

namespace Fairlead.Inference.Tests.Rest;

public sealed class HostileJsonTests
{
    private static readonly byte[][] Tokens = [.. new[] { "[", "]", "{", "}", "\"", ",", ":", "\\", "\\u0000", "\\ud83d", "null", "true", "-1", "1e999", "0", "\"data\":", "\"name\":\"hour\",", "\"shape\":[2,1],", "\"inputs\":[", "\0", "ÿ" }.Select(Encoding.UTF8.GetBytes)];

    private static readonly byte[] Valid = Encoding.UTF8.GetBytes("""
        {"id":"é-1","inputs":[{"name":"city","shape":[2,1],"datatype":"BYTES","data":["Oslo","R\u00f8m"]},
        {"data":[[8],[20]],"name":"hour","shape":[2,1],"datatype":"INT64"},
        {"name":"distance","shape":[2,1],"datatype":"FP32","data":[0.25,-1e3]}],"outputs":[{"name":"score"}]}
        """);

    [Fact]
    public void Read_ManyMutations_AnswerOrRefuse()
    {
        using var session = Codec.Load(TestModels.Mixed());
        var random = new Random(12_000);
        var request = new InferRequest();
        var answer = new InferAnswer();
        var target = new ArrayBufferWriter<byte>();
        var answered = 0;
        var mutations = Campaign.Rounds(20_000, 1_000_000);
        for (var i = 0; i < mutations; i++)
        {
            var json = Mutation.Of(Valid, random, Tokens);
            try
            {
                RestInferReader.Read(json, null, session.Codec, "m", request);
                session.Run(request, answer);
            }
            catch (FairleadException)
            {
                continue;
            }

            target.ResetWrittenCount();
            RestInferWriter.Write(target, Codec.Head, request, answer, session.Codec);
            JsonDocument.Parse(target.WrittenMemory).Dispose();
            answered++;
        }

        Assert.InRange(answered, mutations / 200, mutations * 3 / 4);
    }
}
