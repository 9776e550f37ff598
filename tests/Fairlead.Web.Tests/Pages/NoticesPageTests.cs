using System.Net;
using Fairlead.Domain.Notices;
using Fairlead.Notices;
using Fairlead.Web.Pages;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

public sealed class NoticesPageTests
{
    [Fact]
    public async Task NoticesPage_OfAChannelThatDoesNotAnswer_SaysSinceWhenAndWhy()
    {
        var list = new NoticeList([new NoticeBacklog("team", 3, 40, 1, PageSamples.Now.AddHours(-2), "it answered 503"), new NoticeBacklog("ops", 0, 7, 0, null, null)], [Notice(NoticeStatus.Waiting), Notice(NoticeStatus.Dead) with { Channel = "" }]);

        var page = await RenderedPage.OfAsync<NoticesPage>(NoticesView.Of(list, PageSamples.Now));

        var tables = page.QuerySelectorAll("table");
        Assert.Equal(["team", "ops"], tables[0].QuerySelectorAll("tbody th").Select(row => row.Text()));
        Assert.Contains("does not answer", tables[0].QuerySelector("tbody tr").Text());
        Assert.Contains("it answered 503", tables[0].QuerySelector("tbody tr").Text());
        Assert.Equal("/executions/7?a=%3Cb%3E", tables[1].QuerySelector("tbody a")!.GetAttribute("href"));
        Assert.Contains("<script>evil</script>", tables[1].QuerySelector("tbody a").Text());
        Assert.Empty(page.QuerySelectorAll("main script"));
    }

    [Fact]
    public async Task NoticesPage_WhereNothingWasTold_SaysWhereItIsSaid() =>
        Assert.Contains("notify", (await RenderedPage.OfAsync<NoticesPage>(NoticesView.Of(new NoticeList([], []), PageSamples.Now))).QuerySelector("main").Text());

    [Fact]
    public async Task Get_Notices_IsThePage()
    {
        await using var server = await PageServer.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/notices")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.GetAsync("/notices?status=gone")).Status);
    }

    private static NoticeRecord Notice(NoticeStatus status) => new()
    {
        Number = 12,
        Channel = "team",
        Key = "k",
        Event = NoticeEvents.ExecutionFailed,
        Subject = "execution/7",
        Status = status,
        At = PageSamples.Now.AddMinutes(-5),
        NextAt = PageSamples.Now,
        Content = new NoticeContent { Project = "p", Title = "<script>evil</script>", Template = "{{ message }}", Fields = new Dictionary<string, string>(), Link = "https://fairlead.example.com/executions/7?a=%3Cb%3E" },
    };
}
