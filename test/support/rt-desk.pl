# What people do in a Request Tracker, for tests: one order a line on stdin, one answer a line on stdout, both JSON. It ends
# when stdin does. REST2 of 5.0 can neither grant rights nor make tokens, and spends a third of a second on each password;
# what is done here goes through the same Perl classes, with the rights and the scrips of whoever does it.
use strict;
use warnings;
use Encode ();
use JSON ();
use MIME::Base64 ();
use MIME::Entity ();
use RT;

open my $answers, '>&', \*STDOUT or die "Cannot answer: $!";
# Whatever else Perl has to say is not an answer.
open STDOUT, '>&', \*STDERR or die "Cannot redirect: $!";
$answers->autoflush(1);

RT::LoadConfig();
RT::Init();
my $json = JSON->new->utf8->canonical;

my %orders = (
    createUser => sub {
        my ($order) = @_;
        my $user = RT::User->new( RT->SystemUser );
        must( $user->Create(
            Name         => $order->{name},
            RealName     => $order->{realName},
            EmailAddress => $order->{email},
            Organization => $order->{organization},
            Privileged   => $order->{privileged} ? 1 : 0,
            defined $order->{password} ? ( Password => $order->{password} ) : (),
        ) );
        must( $user->SetDisabled(1) ) if $order->{disabled};
        return;
    },
    changeUser => sub {
        my ($order) = @_;
        my $user = user( $order->{name} );
        my %setters = ( realName => 'SetRealName', email => 'SetEmailAddress', organization => 'SetOrganization' );
        for my $field ( grep { exists $order->{$_} } sort keys %setters ) {
            my $setter = $setters{$field};
            must( $user->$setter( $order->{$field} ) );
        }
        my $disabled = $order->{disabled} ? 1 : 0;
        must( $user->SetDisabled($disabled) ) if exists $order->{disabled} && $disabled != $user->Disabled;
        return;
    },
    createToken => sub {
        my ($order) = @_;
        my $token = RT::AuthToken->new( RT->SystemUser );
        my ( $ok, $message, $secret ) = $token->Create( Owner => user( $order->{user} )->Id, Description => 'test' );
        must( $ok, $message );
        return $secret;
    },
    createGroup => sub {
        my ($order) = @_;
        my $group = RT::Group->new( RT->SystemUser );
        must( $group->CreateUserDefinedGroup( Name => $order->{name} ) );
        must( $group->AddMember( user($_)->PrincipalId ) ) for @{ $order->{members} };
        return "" . $group->Id;
    },
    addMember => sub {
        my ($order) = @_;
        must( group( $order->{group} )->AddMember( user( $order->{user} )->PrincipalId ) );
        return;
    },
    removeMember => sub {
        my ($order) = @_;
        must( group( $order->{group} )->DeleteMember( user( $order->{user} )->PrincipalId ) );
        return;
    },
    createQueue => sub {
        my ($order) = @_;
        my $queue = RT::Queue->new( RT->SystemUser );
        must( $queue->Create( Name => $order->{name} ) );
        my $customers = RT::Group->new( RT->SystemUser );
        $customers->LoadSystemInternalGroup('Unprivileged');
        grant( $queue->RoleGroup($_), $queue, $order->{parties} ) for qw(Requestor Cc);
        grant( $customers, $queue, $order->{customers} );
        return;
    },
    grant => sub {
        my ($order) = @_;
        grant( user( $order->{user} ), scope($order), $order->{rights} );
        return;
    },
    # In every queue, what parties of a ticket and other customers may.
    grantCustomers => sub {
        my ($order) = @_;
        my $customers = RT::Group->new( RT->SystemUser );
        $customers->LoadSystemInternalGroup('Unprivileged');
        grant( RT->System->RoleGroup($_), RT->System, $order->{parties} ) for qw(Requestor Cc);
        grant( $customers, RT->System, $order->{customers} );
        return;
    },
    revoke => sub {
        my ($order) = @_;
        my $principal = user( $order->{user} )->PrincipalObj;
        must( $principal->RevokeRight( Right => $_, Object => scope($order) ) ) for @{ $order->{rights} };
        return;
    },
    createTicket => sub { return create_ticket( $_[0] ) },
    seedTickets  => sub {
        my ($order) = @_;
        no warnings 'redefine';
        my $record = \&RT::Record::_NewTransaction;
        local *RT::Record::_NewTransaction = sub { my $self = shift; return $record->( $self, @_, ActivateScrips => 0 ) };
        RT->DatabaseHandle->BeginTransaction;
        my @ids = map { create_ticket($_) } @{ $order->{tickets} };
        RT->DatabaseHandle->Commit;
        return \@ids;
    },
    # Threads as they have grown, each message with its time; numbered in their order.
    seedThreads => sub {
        my ($order) = @_;
        no warnings qw(redefine once);
        my $record = \&RT::Record::_NewTransaction;
        local *RT::Record::_NewTransaction = sub { my $self = shift; return $record->( $self, @_, ActivateScrips => 0 ) };
        # Whoever wrote may have been allowed to then.
        local *RT::Ticket::CurrentUserHasRight = sub { return 1 };
        RT->DatabaseHandle->BeginTransaction;
        my @ids = map { seed_thread($_) } @{ $order->{tickets} };
        RT->DatabaseHandle->Commit;
        return \@ids;
    },
    # The next ticket gets this number.
    countFrom => sub {
        my ($order) = @_;
        my $before = $order->{number} - 1;
        sql( 'INSERT INTO Tickets (id, EffectiveId, Queue, Type, Status) VALUES (?, ?, 0, ?, ?)', $before, $before, 'ticket', 'deleted' );
        return;
    },
    keepAll => sub {
        unlink kept();
        sql( 'VACUUM INTO ?', kept() );
        return;
    },
    # All rows as they were kept; who is signed in stays so.
    restoreAll => sub {
        my $dbh = RT->DatabaseHandle->dbh;
        sql( 'ATTACH ? AS kept', kept() );
        my $tables = $dbh->selectcol_arrayref(q{SELECT name FROM kept.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'});
        RT->DatabaseHandle->BeginTransaction;
        for my $table ( grep { lc ne 'sessions' } @{$tables} ) {
            sql("DELETE FROM main.$table");
            sql("INSERT INTO main.$table SELECT * FROM kept.$table");
        }
        RT->DatabaseHandle->Commit;
        sql('DETACH kept');
        return;
    },
    correspond => sub {
        my ($order) = @_;
        return say_on( ticket($order), 'Correspond', $order );
    },
    comment => sub {
        my ($order) = @_;
        return say_on( ticket($order), 'Comment', $order );
    },
    setStatus => sub {
        my ($order) = @_;
        must( ticket($order)->SetStatus( $order->{status} ) );
        return;
    },
    setSubject => sub {
        my ($order) = @_;
        must( ticket($order)->SetSubject( $order->{subject} ) );
        return;
    },
    setParties => sub {
        my ($order) = @_;
        my $ticket = ticket($order);
        set_role( $ticket, 'Requestor', map { user($_) } @{ $order->{requestors} } ) if $order->{requestors};
        if ( $order->{cc} || $order->{ccGroups} ) {
            set_role( $ticket, 'Cc', map( { user($_) } @{ $order->{cc} } ), map { group($_) } @{ $order->{ccGroups} } );
        }
        return;
    },
    moveTicket => sub {
        my ($order) = @_;
        must( ticket($order)->SetQueue( $order->{queue} ) );
        return;
    },
    mergeTicket => sub {
        my ($order) = @_;
        must( ticket($order)->MergeInto( $order->{into} ) );
        return;
    },
    findTickets => sub {
        my ($order) = @_;
        my $ids = RT->DatabaseHandle->dbh->selectcol_arrayref( 'SELECT id FROM Tickets WHERE Subject = ? ORDER BY id',
            undef, Encode::encode( 'UTF-8', $order->{subject} ) );
        return [ map { "$_" } @{$ids} ];
    },
    readTicket => sub {
        my ($order) = @_;
        my $ticket = loaded( RT::Ticket->new( RT->SystemUser ), "ticket $order->{ticket}", $order->{ticket} );
        my @messages;
        my $transactions = $ticket->Transactions;
        while ( my $transaction = $transactions->Next ) {
            push @messages, message_of($transaction) if $transaction->Type =~ /^(?:Create|Correspond|Comment)$/;
        }
        return {
            id         => "" . $ticket->Id,
            subject    => $ticket->Subject,
            status     => $ticket->Status,
            queue      => $ticket->QueueObj->Name,
            requestors => members_of( $ticket->Requestors ),
            cc         => members_of( $ticket->Cc ),
            messages   => \@messages,
        };
    },
);

while ( my $line = <STDIN> ) {
    my $order = $json->decode($line);
    forget();
    my $answer = eval { { result => scalar $orders{ $order->{order} }->($order) } };
    if ( !$answer ) {
        my $why = "$@";
        RT->DatabaseHandle->ForceRollback if RT->DatabaseHandle->TransactionDepth;
        $answer = { refused => $why };
    }
    print {$answers} $json->encode($answer), "\n";
}

# What the server has changed since the last order, as it does itself at the end of each request.
sub forget {
    RT::Principal->InvalidateACLCache();
    DBIx::SearchBuilder::Record::Cachable->FlushCache();
    %RT::Ticket::MERGE_CACHE = ( effective => {}, merged => {} );
    delete $RT::System->{attributes};
    return;
}

sub must {
    my ( $ok, $message ) = @_;
    die( ( $message || 'It is not said why' ) . "\n" ) unless $ok;
    return $ok;
}

sub loaded {
    my ( $record, $what, @key ) = @_;
    $record->Load(@key);
    die "There is no $what\n" unless $record->Id;
    return $record;
}

sub user {
    my ($name) = @_;
    return loaded( RT::User->new( RT->SystemUser ), "user $name", $name );
}

sub group {
    my ($name) = @_;
    my $group = RT::Group->new( RT->SystemUser );
    $group->LoadUserDefinedGroup($name);
    die "There is no group $name\n" unless $group->Id;
    return $group;
}

# As whoever does something to it sees it.
sub ticket {
    my ($order) = @_;
    return loaded( RT::Ticket->new( actor($order) ), "ticket $order->{ticket}", $order->{ticket} );
}

sub actor {
    my ($order) = @_;
    return loaded( RT::CurrentUser->new, "user $order->{as}", $order->{as} );
}

# A queue, or all of it.
sub scope {
    my ($order) = @_;
    my $name = $order->{queue};
    return defined $name ? loaded( RT::Queue->new( RT->SystemUser ), "queue $name", $name ) : RT->System;
}

sub grant {
    my ( $to, $on, $rights ) = @_;
    must( $to->PrincipalObj->GrantRight( Right => $_, Object => $on ) ) for @{$rights};
    return;
}

sub set_role {
    my ( $ticket, $role, @wanted ) = @_;
    my %wanted = map { $_->PrincipalId => 1 } @wanted;
    my $members = $ticket->RoleGroup($role)->MembersObj;
    my %present;
    while ( my $member = $members->Next ) { $present{ $member->MemberId } = 1 }
    my @added   = grep { !$present{$_} } sort keys %wanted;
    my @removed = grep { !$wanted{$_} } sort keys %present;
    must( $ticket->AddWatcher( Type => $role, PrincipalId => $_ ) )    for @added;
    must( $ticket->DeleteWatcher( Type => $role, PrincipalId => $_ ) ) for @removed;
    return;
}

sub create_ticket {
    my ($order) = @_;
    my $ticket = RT::Ticket->new( actor($order) );
    my ( $id, undef, $message ) = $ticket->Create(
        Queue     => $order->{queue},
        Subject   => $order->{subject},
        Requestor => [ map { user($_)->PrincipalId } @{ $order->{requestors} } ],
        Cc        => [ map( { user($_)->PrincipalId } @{ $order->{cc} } ), map { group($_)->PrincipalId } @{ $order->{ccGroups} } ],
        Status    => $order->{status},
        MIMEObj   => entity($order),
    );
    must( $id, $message );
    return "$id";
}

sub kept { return "$ENV{TMPDIR}/kept" }

sub sql {
    my ( $text, @values ) = @_;
    must( RT->DatabaseHandle->dbh->do( $text, undef, @values ), $text );
    return;
}

sub seed_thread {
    my ($order) = @_;
    my ( $first, @more ) = @{ $order->{messages} };
    my $id = create_ticket( { %{$order}, %{$first}, status => 'open' } );
    my $seen = stamp( $id, 0, $first->{at} );
    for my $message (@more) {
        my $ticket = ticket( { as => $message->{as}, ticket => $id } );
        if ( $message->{kind} eq 'status' ) { must( $ticket->SetStatus( $message->{status} ) ) }
        else {
            my $method = $message->{kind} eq 'note' ? 'Comment' : 'Correspond';
            must( $ticket->$method( MIMEObj => entity($message) ) );
        }
        $seen = stamp( $id, $seen, $message->{at} );
    }
    my $last = @more ? $more[-1] : $first;
    sql( 'UPDATE Tickets SET Created = ?, LastUpdated = ?, Status = ? WHERE id = ?', $first->{at}, $last->{at}, $order->{status}, $id );
    return $id;
}

# Whatever has happened to the ticket since happened then.
sub stamp {
    my ( $id, $seen, $at ) = @_;
    sql( q{UPDATE Transactions SET Created = ? WHERE ObjectType = 'RT::Ticket' AND ObjectId = ? AND id > ?}, $at, $id, $seen );
    return RT->DatabaseHandle->dbh->selectrow_array('SELECT max(id) FROM Transactions');
}

sub say_on {
    my ( $ticket, $method, $order ) = @_;
    my ( $ok, $message, $transaction ) = $ticket->$method( MIMEObj => entity($order) );
    must( $ok, $message );
    return message_of( loaded( RT::Transaction->new( RT->SystemUser ), 'transaction', $transaction->Id ) );
}

# In parts as REST2 and the page of staff make them.
sub entity {
    my ($order) = @_;
    my $entity = MIME::Entity->build(
        Type             => 'multipart/mixed',
        'Message-Id'     => Encode::encode( 'UTF-8', RT::Interface::Email::GenMessageId() ),
        'X-RT-Interface' => 'Web',
        defined $order->{subject} ? ( Subject => Encode::encode( 'UTF-8', $order->{subject} ) ) : (),
    );
    $entity->head->replace( 'RT-Control', 'no-autoopen' ) if $order->{keepsStatus};
    for my $body ( [ 'text/plain', $order->{text} ], [ 'text/html', $order->{html} ] ) {
        my ( $type, $text ) = @{$body};
        $entity->attach( Type => $type, Charset => 'UTF-8', Data => Encode::encode( 'UTF-8', $text ) ) if defined $text;
    }
    for my $file ( @{ $order->{files} } ) {
        $entity->attach(
            Type     => $file->{type},
            Filename => Encode::encode( 'UTF-8', $file->{name} ),
            Data     => MIME::Base64::decode_base64( $file->{base64} ),
        );
    }
    $entity->make_singlepart;
    return $entity;
}

sub members_of {
    my ($group) = @_;
    my $members = $group->MembersObj;
    my @names;
    while ( my $member = $members->Next ) { push @names, $member->MemberObj->Object->Name }
    return [ sort @names ];
}

sub message_of {
    my ($transaction) = @_;
    my $attachments = $transaction->Attachments;
    my ( @bodies, @files );
    while ( my $part = $attachments->Next ) {
        next if $part->ContentType =~ m{^multipart/};
        if ( length( $part->Filename // '' ) ) {
            my $base64 = MIME::Base64::encode_base64( $part->OriginalContent, '' );
            push @files, { id => "" . $part->Id, name => $part->Filename, type => $part->ContentType, base64 => $base64 };
        }
        else {
            push @bodies, { type => $part->ContentType, content => $part->Content };
        }
    }
    return {
        transaction => "" . $transaction->Id,
        type        => $transaction->Type,
        creator     => $transaction->CreatorObj->Name,
        bodies      => \@bodies,
        files       => \@files,
    };
}
