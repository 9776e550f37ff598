using Fairlead.Serving.Describing;
using Fairlead.Serving.Telemetry.Tracing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Fairlead.Serving.Telemetry.Export;

/// <summary>
/// Pushes traces and metrics to a collector by OTLP, from threads of its own and out of bounded queues: one that is slow or away costs
/// what is lost there, and no request anything.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    private const string ServiceName = "fairlead-host";
    private const double DefaultShare = 0.01;
    private const int FlushMilliseconds = 1000;
    private readonly TracerProvider? traces;
    private readonly MeterProvider? metrics;

    private OtlpExport(OtlpSettings settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Variables!).Build();
        if (settings.HasTraces)
            traces = StartTraces(settings, configuration);
        if (settings.HasMetrics)
            metrics = StartMetrics(configuration);
    }

    /// <summary>Null when nothing is to be exported.</summary>
    public static OtlpExport? Start(OtlpSettings settings) => settings.HasTraces || settings.HasMetrics ? new OtlpExport(settings) : null;

    /// <summary>Sends what is left, and gives up soon.</summary>
    public void Dispose()
    {
        metrics?.ForceFlush(FlushMilliseconds);
        traces?.Shutdown(FlushMilliseconds);
        metrics?.Shutdown(FlushMilliseconds);
        traces?.Dispose();
        metrics?.Dispose();
    }

    private static TracerProvider StartTraces(OtlpSettings settings, IConfiguration configuration)
    {
        var builder = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(Describe)
            .AddSource(HostSpans.SourceName)
            .AddOtlpExporter();

        // The client's flag decides; of those that come without one, few are enough.
        if (settings.Get(OtlpSettings.Sampler) is null)
            builder.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(DefaultShare)));
        return builder.Build();
    }

    private static MeterProvider StartMetrics(IConfiguration configuration) => Sdk.CreateMeterProviderBuilder()
        .ConfigureServices(services => services.AddSingleton(configuration))
        .ConfigureResource(Describe)
        .AddMeter(HostMeter.Name)
        .AddOtlpExporter()
        .Build();

    /// <summary>The variables come last, so that they win.</summary>
    private static void Describe(ResourceBuilder resource) => resource
        .Clear()
        .AddTelemetrySdk()
        .AddService(ServiceName, serviceVersion: ServerDescription.Version)
        .AddEnvironmentVariableDetector();
}
