using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Grpc.Tests.Peers;

/// <summary>A server that does not know gRPC well: what clients must take without harm.</summary>
internal static class RawAnswers
{
    public const string Root = "/raw/";

    public static async Task AnswerAsync(IFeatureCollection features, string path)
    {
        var response = features.GetRequiredFeature<IHttpResponseFeature>();
        var body = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        response.Headers.ContentType = "application/grpc";
        byte[] bytes = [];
        string? status = "0";
        switch (path[Root.Length..])
        {
            case "page":
                response.Headers.ContentType = "text/html";
                break;
            case "no-status":
                status = null;
                break;
            case "odd-status":
                status = "99";
                break;
            case "no-message":
                break;
            case "two-messages":
                bytes = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
                break;
            case "short-prefix":
                bytes = [0, 0, 0];
                break;
            case "short-message":
                bytes = [0, 0, 0, 0, 9, 1];
                break;
            case "huge-message":
                bytes = [0, 255, 255, 255, 255, 1];
                break;
            case "bad-flag":
                bytes = [9, 0, 0, 0, 0];
                break;
            case "no-encoding":
                bytes = [1, 0, 0, 0, 0];
                break;
            case "odd-encoding":
                response.Headers["grpc-encoding"] = "br";
                bytes = [1, 0, 0, 0, 0];
                break;
            case "not-gzip":
                response.Headers["grpc-encoding"] = "gzip";
                bytes = [1, 0, 0, 0, 3, 1, 2, 3];
                break;
            case "not-a-message":
                bytes = [0, 0, 0, 0, 1, 255];
                break;
            case var reset when reset.StartsWith("reset-", StringComparison.Ordinal):
                features.GetRequiredFeature<IHttpResetFeature>().Reset(int.Parse(reset["reset-".Length..]));
                return;
            case var http:
                response.StatusCode = int.Parse(http);
                return;
        }

        await body.StartAsync();
        await body.Writer.WriteAsync(bytes);
        if (status is not null)
            features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers["grpc-status"] = status;
    }
}
