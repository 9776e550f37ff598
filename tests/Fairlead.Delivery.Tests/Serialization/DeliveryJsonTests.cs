using System.Text.Json;
using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Releases;
using Fairlead.Delivery.Serialization;
using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Tests.Serialization;

public sealed class DeliveryJsonTests
{
    [Fact]
    public void DeployEvent_AsJson_KeepsItsNames()
    {
        var deployEvent = new DeployEvent(DeployEventKind.Preparing, "prod", new ReleaseName(2), [new ServerGroupName("late", "prod", 3)], 7, "Loading.");

        var json = JsonSerializer.Serialize(deployEvent, DeliveryJson.Default.DeployEvent);

        Assert.Equal("""{"kind":"preparing","environment":"prod","release":"v002","serverGroups":["late-prod-v003"],"version":7,"message":"Loading."}""", json);
    }

    [Fact]
    public void Deployment_AsJson_ReadsBack()
    {
        var deployment = new Deployment { Environment = "prod", Changed = true, Version = 7, Live = [Samples.Group(2) with { Previous = new ServerGroupName("late", "prod", 1) }] };

        var json = JsonSerializer.Serialize(deployment, DeliveryJson.Default.Deployment);
        var back = JsonSerializer.Deserialize(json, DeliveryJson.Default.Deployment)!;

        Assert.StartsWith("""{"environment":"prod","changed":true,"version":7,"live":[{"name":"late-prod-v002","release":"v002",""", json);
        Assert.Equal(new ServerGroupName("late", "prod", 1), back.Live[0].Previous);
        Assert.Null(back.Release);
    }

    [Fact]
    public void MadeRelease_AsJson_ReadsBack()
    {
        var made = new MadeRelease(Samples.Release(new ReleaseName(1), "late"), IsNew: true);

        var json = JsonSerializer.Serialize(made, DeliveryJson.Default.MadeRelease);
        var back = JsonSerializer.Deserialize(json, DeliveryJson.Default.MadeRelease)!;

        Assert.StartsWith("""{"release":{"name":"v001",""", json);
        Assert.EndsWith("\"isNew\":true}", json);
        Assert.Equal(made.Release.Services[0].Model!.Artifact, back.Release.Services[0].Model!.Artifact);
    }
}
