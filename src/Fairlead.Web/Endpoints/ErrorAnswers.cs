using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Web.Endpoints;

/// <summary>Writes the one form of every answer that is no success.</summary>
internal static class ErrorAnswers
{
    // For people who read it in a terminal: quotes stay quotes. Never part of a page.
    private static readonly JsonTypeInfo<ErrorAnswer> Type =
        (JsonTypeInfo<ErrorAnswer>)new JsonSerializerOptions(WebJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }.GetTypeInfo(typeof(ErrorAnswer));

    public static Task WriteAsync(HttpContext context, int status, ErrorAnswer answer)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(answer, Type, cancellationToken: context.RequestAborted);
    }
}
