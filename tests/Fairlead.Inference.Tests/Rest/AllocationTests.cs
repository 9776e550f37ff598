using System.Buffers;
using System.Text;
using Fairlead.Inference.Rest;
using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.Inference.Tests.Rest;

public sealed class AllocationTests
{
    [Fact]
    public void ReadRunWrite_SteadyRequests_AllocateNothing()
    {
        using var session = Codec.Load(TestModels.Mixed());
        var json = Encoding.UTF8.GetBytes("""
            {"id":"42","inputs":[{"name":"hour","shape":[1,1],"datatype":"INT64","data":[8]},{"name":"city","shape":[1,1],"datatype":"BYTES","data":["Os\u006co"]},
            {"name":"distance","shape":[1,1],"datatype":"FP32","data":[[0.25]]}],"outputs":[{"name":"band"},{"name":"score"}]}
            """);
        var request = new InferRequest();
        var answer = new InferAnswer();
        var target = new ArrayBufferWriter<byte>(4096);
        for (var i = 0; i < 2000; i++)
            Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
            Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            RestInferReader.Read(json, null, session.Codec, "m", request);
            session.Run(request, answer);
            target.ResetWrittenCount();
            RestInferWriter.Write(target, Codec.Head, request, answer, session.Codec);
        }
    }
}
