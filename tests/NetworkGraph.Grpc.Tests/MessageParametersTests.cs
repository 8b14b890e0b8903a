using Grpc.Health.V1;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Grpc.Tests;

public class MessageParametersTests
{
    [Fact]
    public void A_field_that_is_not_set_is_not_given()
    {
        var parameters = new MessageParameters("check", new HealthCheckRequest(), Viewer.Admin);
        parameters.Text("service").ShouldBeNull();
        new QueryReader(parameters, TimeProvider.System).Text(new QueryParameter("service", "")).ShouldBeNull();
        parameters.Scope.ShouldBe("check");
    }

    [Fact]
    public void A_field_that_is_set_is_read_and_part_of_what_a_cursor_is_good_for()
    {
        var parameters = new MessageParameters("check", new HealthCheckRequest { Service = "a/b" }, Viewer.Admin);
        parameters.Text("service").ShouldBe("a/b");
        new QueryReader(parameters, TimeProvider.System).PersonInPath("service").ShouldBe("a/b");
        parameters.Scope.ShouldBe("check\nservice=a/b");
    }

    [Fact]
    public void A_list_of_texts_is_a_parameter_given_several_times()
    {
        var ids = new QueryParameter("id", "") { IsRepeatable = true, MaxTimes = 2 };
        var parameters = new MessageParameters("search", new V1.SearchPeopleRequest { Id = { "ada", "bob" }, Tag = "x" }, Viewer.Admin);
        new QueryReader(parameters, TimeProvider.System).People(ids).ShouldBe(["ada", "bob"]);
        parameters.Scope.ShouldBe("search\nid=ada,bob\ntag=x");
        new QueryReader(new MessageParameters("search", new V1.SearchPeopleRequest(), Viewer.Admin), TimeProvider.System).People(ids)
            .ShouldBeNull();
        var three = new QueryReader(
            new MessageParameters("search", new V1.SearchPeopleRequest { Id = { "ada", "bob", "cem" } }, Viewer.Admin),
            TimeProvider.System);
        three.People(ids);
        three.Problem.ShouldNotBeNull().Parameter.ShouldBe("id");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public void An_invalid_id_is_refused_by_the_name_of_its_field(string id)
    {
        var query = new QueryReader(
            new MessageParameters("check", new HealthCheckRequest { Service = id }, Viewer.Admin), TimeProvider.System);
        query.PersonInPath("service");
        query.Problem.ShouldNotBeNull().Parameter.ShouldBe("service");
    }
}
