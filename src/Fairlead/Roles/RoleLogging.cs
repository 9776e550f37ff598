using Fairlead.Domain.Problems;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Fairlead.Roles;

/// <summary>How the two roles log: a line an event, to standard output, which a file takes; for people, or as JSON for programs.</summary>
internal static class RoleLogging
{
    private const string FormatVariable = "FAIRLEAD_LOG_FORMAT";
    private const string Json = "json";
    private const string Text = "text";
    private const string Timestamp = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <exception cref="FairleadException">Invalid: the variable asks for a form that there is not.</exception>
    public static ILoggingBuilder Configure(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        return Environment.GetEnvironmentVariable(FormatVariable) switch
        {
            null or "" or Text => logging.AddSimpleConsole(ConfigureText),
            Json => logging.AddJsonConsole(ConfigureJson).Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId),
            var other => throw FairleadException.Invalid($"{FormatVariable} is '{other}'; use '{Json}' or '{Text}'."),
        };
    }

    private static void ConfigureText(SimpleConsoleFormatterOptions options)
    {
        options.SingleLine = true;
        options.UseUtcTimestamp = true;
        options.TimestampFormat = Timestamp + " ";
        options.ColorBehavior = LoggerColorBehavior.Disabled;
    }

    private static void ConfigureJson(JsonConsoleFormatterOptions options)
    {
        options.UseUtcTimestamp = true;
        options.TimestampFormat = Timestamp;
        options.IncludeScopes = true;
    }
}
