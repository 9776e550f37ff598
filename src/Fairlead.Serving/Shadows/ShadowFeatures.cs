using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Serving.Shadows;

/// <summary>What a server tells of a request, told of the copy of one: the body lies in memory, and what is answered goes nowhere.</summary>
internal sealed class ShadowFeatures(ReadOnlyMemory<byte> body) : IRequestBodyPipeFeature, IHttpRequestBodyDetectionFeature
{
    public PipeReader Reader { get; } = PipeReader.Create(new System.Buffers.ReadOnlySequence<byte>(body));

    public bool CanHaveBody => !body.IsEmpty;

    public static IFeatureCollection Of(CallShadowJob job)
    {
        var own = new ShadowFeatures(job.Request);
        if (job.Headers.TransferEncoding.Count > 0)
        {
            job.Headers.Remove("Transfer-Encoding");
            job.Headers.ContentLength = job.Request.Length;
        }

        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = job.Method,
            Protocol = job.Protocol,
            Path = job.Path,
            RawTarget = job.Target,
            QueryString = job.QueryString,
            Headers = job.Headers,
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = job.Address ?? IPAddress.Loopback });
        features.Set<IRequestBodyPipeFeature>(own);
        features.Set<IHttpRequestBodyDetectionFeature>(own);
        return features;
    }
}
